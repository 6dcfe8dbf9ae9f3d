using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using Xunit;

namespace ClusterPulse.UnitTests.Regions;

/// <summary>What of a nation's cells travels down to those who compare themselves with it.</summary>
public sealed class DenominatorTableTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void It_opens_as_it_was_made()
    {
        var part = Denominators.Of(Nation(), Peer.Nation);
        var sums = new CellSums();
        foreach (var (key, amount) in part.NonZero())
            sums.Add(key, amount);

        var opened = new DenominatorTable("1", sums.Encode()).Open();

        Assert.Equal(part.NonZero().OrderBy(c => c.Key.ToString(), StringComparer.Ordinal), opened.NonZero().OrderBy(c => c.Key.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void A_nation_gives_sums_by_division_without_kinds_of_ownership()
    {
        var part = Denominators.Of(Nation(), Peer.Nation);

        Assert.Equal(900, part[new(Measure.Employment, "39", "all", Now)]);
        Assert.Equal(70, part[new(Measure.Output, "39", "all|CNY", Now)]);
        Assert.Equal(5, part[new(Measure.Output, "39", "all|USD", Now)]);
        Assert.Equal(1_100, part[new(Measure.Fdi, "all|USD", Now)]);
    }

    [Fact]
    public void A_parent_gives_investment_only()
    {
        var measures = Denominators.Of(Nation(), Peer.Parent).NonZero().Select(c => c.Key.Measure).Distinct().Order();

        Assert.Equal([Measure.Active, Measure.Fdi, Measure.Reported, Measure.PriorReported, Measure.PriorExpected], measures);
    }

    [Fact]
    public void A_rival_gives_investment_by_source_and_by_industry()
    {
        var part = Denominators.Of(Nation(), Peer.Rivals);

        Assert.Equal(700, part[new(Measure.Fdi, "HK|USD", Now)]);
        Assert.Equal(400, part[new(Measure.FdiByIndustry, "3911", "TW|USD", Now)]);
        Assert.Equal(
            [Measure.Active, Measure.Fdi, Measure.Reported, Measure.PriorReported, Measure.PriorExpected, Measure.FdiByIndustry],
            part.NonZero().Select(c => c.Key.Measure).Distinct().Order());
    }

    [Theory]
    [InlineData(Peer.Nation)]
    [InlineData(Peer.Parent)]
    [InlineData(Peer.Rivals)]
    public void It_tells_which_months_are_complete(Peer peer)
    {
        var whole = View(Nation()).Completeness(Feed.Fdi);
        var part = View(Denominators.Of(Nation(), peer)).Completeness(Feed.Fdi);

        Assert.Equal(Now, part.NewestComplete);
        Assert.Equal(whole.Months, part.Months);
        Assert.False(part.IsComplete(Now + 1));
    }

    [Theory]
    [InlineData(2.0, 2.0000001, true)]
    [InlineData(2.0, 2.0001, false)]
    [InlineData(2.0, null, false)]
    public void A_trace_of_a_change_is_no_new_vintage(double before, double? after, bool same)
    {
        var vintage = new Vintage("krugman_specialisation", "", Now, before, Unavailable.None, FigureStatus.Final, 1);

        Assert.Equal(same, vintage.IsAsGoodAs(vintage with { Value = after }));
        Assert.False(vintage.IsAsGoodAs(vintage with { Status = FigureStatus.Provisional }));
    }

    private static CellView View(CellTable cells) => new(cells, ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)>());

    private static CellTable Nation()
    {
        var cells = new CellTable();
        cells.Add(new(Measure.Active, "foreign", Now - 1), 100);
        cells.Add(new(Measure.Reported, "fdi", Now - 1), 100);
        cells.Add(new(Measure.Reported, "fdi", Now), 90);
        cells.Add(new(Measure.PriorExpected, "fdi|1|USD", Now), 1_000);
        cells.Add(new(Measure.PriorReported, "fdi|1|USD", Now), 990);
        cells.Add(new(Measure.Reported, "fdi", Now + 1), 10);
        cells.Add(new(Measure.Reported, "linkage", Now), 10);
        cells.Add(new(Measure.Linked, "", Now), 5);
        cells.Add(new(Measure.Fdi, "HK|USD", Now), 700);
        cells.Add(new(Measure.Fdi, "TW|USD", Now), 400);
        cells.Add(new(Measure.FdiByIndustry, "3911", "TW|USD", Now), 400);
        cells.Add(new(Measure.Employment, "39", "private", Now), 600);
        cells.Add(new(Measure.Employment, "39", "foreign+", Now), 300);
        cells.Add(new(Measure.Output, "39", "private|CNY", Now), 40);
        cells.Add(new(Measure.Output, "39", "foreign|CNY", Now), 30);
        cells.Add(new(Measure.Output, "39", "foreign|USD", Now), 5);
        return cells;
    }
}
