using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Shares of the FDI of several places: their order, what is needed for them, and how long one can be seen to lose.</summary>
public sealed class FdiShareTests
{
    private const int Months = 45;
    private static readonly Month Now = new(2004, 12);

    private readonly CellTable _cells = new();
    private readonly CellTable _parent = new();

    [Fact]
    public void The_whole_comes_before_its_parts()
    {
        var set = new RivalSet { Id = "it", Regions = ["3205", "4419"], Sources = ["TW"], Industries = ["39"] };
        var view = _cells.View(Surroundings.None with { Rivals = new(set, [_cells.View(), _parent.View()]) });

        Assert.Equal(
            ["among=rivals", "among=rivals,industry=39", "among=rivals,source=TW", "among=rivals,industry=39,source=TW"],
            new FdiShareChange(Peer.Rivals).At(view, Now).Select(f => f.Labels));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    [InlineData(-1, 100)]
    [InlineData(100, -1)]
    public void Without_the_whole_in_one_of_the_years_there_is_no_denominator(long now, long then)
    {
        _cells.Invest("HK", Now, 10).Invest("HK", Now - 12, 10);
        _parent.Report(Feed.Fdi, Now - 23, Now).Invest("HK", Now, now).Invest("HK", Now - 12, then);

        var figure = Change();

        Assert.Equal((null, Unavailable.NoDenominator), figure.Said());
        Assert.Equal([10, now, 10, then], figure.Operands.Select(o => o.Value));
    }

    [Fact]
    public void Where_nobody_ever_reported_there_is_nothing_to_compare()
    {
        _cells.Invest("HK", Now, 10).Invest("HK", Now - 12, 20);
        _parent.Invest("HK", Now, 100).Invest("HK", Now - 12, 100);

        Assert.Equal((null, Unavailable.NotApplicable), Change().Said());
    }

    [Fact]
    public void Whoever_loses_for_longer_than_a_year_has_lost_for_twelve_months()
    {
        _parent.Report(Feed.Fdi, Now - Months, Now);
        Lose(_cells, _parent);

        var view = _cells.View(new(null, _parent.View()));

        Assert.True(Change(Now - 12).Value < 0);
        Assert.Equal(12, Assert.Single(new FdiShareLosingPeriods(Peer.Parent).At(view, Now)).Value);
    }

    /// <summary>Two months after one that the place itself, or one of its rivals, has not complete.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_month_that_any_of_them_lacks_ends_the_count(int who)
    {
        CellTable[] rivals = [new(), new(), new()];
        foreach (var rival in rivals)
            rival.Report(Feed.Fdi, Now - Months, Now).Put(Measure.Active, "hmt", Now - Months, 1);
        for (var month = Now - Months; month <= Now; month += 1)
        {
            for (var i = 0; i < rivals.Length; i++)
                rivals[i].Put(Measure.Reported, "fdi", month, month == Now - 2 && i == who ? 0 : 1);
        }
        Lose(rivals[0], rivals[1]);
        var set = new RivalSet { Id = "it", Regions = ["3205", "4419", "3303"] };
        CellView[] views = [.. rivals.Select(r => r.View())];

        var figure = Assert.Single(new FdiShareLosingPeriods(Peer.Rivals).At(rivals[0].View(Surroundings.None with { Rivals = new(set, [.. views]) }), Now));

        Assert.Equal(2, figure.Value);
    }

    /// <summary>One has less every month and the other always the same.</summary>
    private static void Lose(CellTable one, CellTable other)
    {
        for (var back = 0; back <= Months; back++)
        {
            one.Invest("HK", Now - back, 1_000 + (10 * back));
            other.Invest("HK", Now - back, 10_000);
        }
    }

    private Figure Change(Month? month = null) =>
        Assert.Single(new FdiShareChange(Peer.Parent).At(_cells.View(new(null, _parent.View())), month ?? Now));
}
