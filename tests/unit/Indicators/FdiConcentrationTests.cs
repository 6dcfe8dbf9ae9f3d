using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Sources of FDI: which count, which is the first, and how their concentration changes.</summary>
public sealed class FdiConcentrationTests
{
    private static readonly Month Now = new(2004, 12);

    private readonly CellTable _cells = new();

    [Fact]
    public void Of_two_sources_with_the_same_share_the_first_in_the_alphabet_leads()
    {
        _cells.Invest("TW", Now, 400).Invest("HK", Now, 400).Invest("JP", Now, 200);

        var figure = new FdiTopSourceShare().At(_cells.View(), Now).First();

        Assert.Equal(("basis=immediate,source=HK", 0.4), (figure.Labels, figure.Value));
    }

    [Fact]
    public void A_source_whose_money_has_left_again_is_none()
    {
        _cells.Invest("TW", Now, 500).Invest("HK", Now, 500).Invest("JP", Now - 1, 100).Invest("JP", Now, -100);

        var hhi = new FdiSourceHhi().At(_cells.View(), Now).First();

        Assert.Equal((0.5, 2, 1_000), (hhi.Value, hhi.Operand("sources"), hhi.Operand("fdi_usd")));
        Assert.Equal(0, new FdiSourceHhiNormalised().At(_cells.View(), Now).First().Value);
    }

    [Fact]
    public void Where_what_came_has_left_again_there_is_no_denominator()
    {
        _cells.Invest("TW", Now - 1, 500).Invest("TW", Now, -500);

        Assert.All(new FdiSourceHhi().At(_cells.View(), Now), f => Assert.Equal((null, Unavailable.NoDenominator), f.Said()));
    }

    [Fact]
    public void Concentration_that_falls_is_a_change_below_zero()
    {
        _cells.Report(Feed.Fdi, Now - 23, Now).Invest("TW", Now - 12, 100).Invest("TW", Now, 100).Invest("HK", Now, 100);
        var change = new FdiSourceHhiChange();

        var figure = change.At(_cells.View(), Now).First();

        Assert.Equal(-0.5, figure.Value);
        Assert.InRange(figure.Value!.Value, change.Definition.Min!.Value, change.Definition.Max!.Value);
    }

    /// <summary>By ultimate source nothing is known at all.</summary>
    [Fact]
    public void Without_any_money_a_year_ago_the_change_has_no_denominator()
    {
        _cells.Report(Feed.Fdi, Now - 23, Now).Invest("TW", Now, 100);

        Assert.All(new FdiSourceHhiChange().At(_cells.View(), Now), f => Assert.Equal((null, Unavailable.NoDenominator), f.Said()));
    }

    [Theory]
    [InlineData(22, Unavailable.NotApplicable)]
    [InlineData(23, Unavailable.None)]
    public void A_change_needs_two_whole_years_of_reports(int monthsBack, Unavailable expected)
    {
        _cells.Report(Feed.Fdi, Now - monthsBack, Now).Invest("TW", Now - 12, 100).Invest("TW", Now, 100);

        Assert.Equal(expected, new FdiSourceHhiChange().At(_cells.View(), Now).First().Reason);
    }
}
