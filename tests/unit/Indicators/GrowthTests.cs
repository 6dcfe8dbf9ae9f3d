using System.Collections.Frozen;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Aggregation;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Growth of those that reported both months, and of all that reported.</summary>
public sealed class GrowthTests
{
    private const string County = "regions/0101";
    private static readonly Month March = new(2004, 3);
    private static readonly TwoLocalities Geography = new();

    private readonly CellTable _cells = new();

    [Theory]
    [InlineData(Feed.Output, "CNY", 100)]
    [InlineData(Feed.Employment, "persons", 1)]
    public void Whoever_begins_to_report_moves_the_growth_of_all_and_not_the_comparable_one(Feed feed, string unit, int minor)
    {
        Report("org-a", feed, (-15, 100), (-14, 100), (-13, 100), (-12, 100), (0, 150));
        Report("org-b", feed, (0, 50));

        Assert.Equal(0.5, Of(feed, 12, "comparable").Value);
        var all = Of(feed, 12, "all");
        Assert.Equal(1.0, all.Value);
        Assert.Equal([("now", 200d / minor, unit), ("then", 100d / minor, unit)], all.Operands.Select(o => (o.Name, o.Value, o.Unit)));
    }

    [Fact]
    public void Growth_of_a_month_is_against_the_month_before()
    {
        Report("org-a", Feed.Output, (-12, 100), (-1, 300), (0, 150));

        Assert.Equal(-0.5, Of(Feed.Output, 1, "comparable").Value);
        Assert.Equal(0.5, Of(Feed.Output, 12, "comparable").Value);
    }

    [Fact]
    public void On_nothing_there_is_no_growth()
    {
        Report("org-a", Feed.Output, (-12, 0), (0, 150));

        var comparable = Of(Feed.Output, 12, "comparable");
        Assert.Equal((null, Unavailable.NoDenominator), (comparable.Value, comparable.Reason));
        Assert.Equal([("now", 1.5), ("then", 0)], comparable.Operands.Select(o => (o.Name, o.Value)));
    }

    [Fact]
    public void Growth_ends_at_minus_one()
    {
        Assert.Equal(-1, new Growth().Definition.Min);
        Report("org-a", Feed.Output, (-12, 100), (0, 0));

        Assert.Equal(-1, Of(Feed.Output, 12, "comparable").Value);
    }

    [Fact]
    public void Without_the_rate_of_one_month_there_is_none()
    {
        Report("org-a", Feed.Output, "EUR", (-12, 100), (0, 150));
        var rates = new ExchangeRates(new Dictionary<(string, string, Month), double> { [("EUR", "CNY", March)] = 8.0 }.ToFrozenDictionary());

        Assert.Equal(Unavailable.NoRate, Of(Feed.Output, 12, "comparable", rates).Reason);
    }

    private Figure Of(Feed feed, int span, string basis, ExchangeRates? rates = null)
    {
        var view = new CellView(_cells, rates ?? ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)> { (feed, March), (feed, March - 1), (feed, March - 12) });
        return new Growth().At(view, March).Single(f => f.HasLabels($"measure={feed.Word()},span={span},basis={basis}"));
    }

    private void Report(string firm, Feed feed, params (int Month, long Amount)[] values) => Report(firm, feed, feed == Feed.Employment ? "" : "CNY", values);

    private void Report(string firm, Feed feed, string currency, params (int Month, long Amount)[] values)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(firm), Geography);
        draft.Register(new() { ValidFrom = March + values[0].Month, Region = "0101", Industry = "3911", Ownership = Ownership.Private });
        foreach (var (month, amount) in values)
        {
            var content = new ReportContent { Basis = Basis.Month, Lines = [new() { Currency = currency, Amount = amount }] };
            draft.Write(new(new(feed, March + month), new() { Revision = 1, Content = content, Origin = new("3205", "s", 1), ContentHash = ContentHash.Of(content) }));
        }
        foreach (var delta in draft.ToChange().Deltas.Where(d => d.Place == County))
            _cells.Add(delta.Key, delta.Amount);
    }
}
