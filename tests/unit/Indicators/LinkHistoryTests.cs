using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Links of now beside those of earlier: a whole window of reports must lie before what is compared.</summary>
public sealed class LinkHistoryTests
{
    private static readonly Month Now = new(2004, 12);

    private readonly CellTable _cells = new();

    [Theory]
    [InlineData(22, null, Unavailable.NotApplicable)]
    [InlineData(23, 0.75, Unavailable.None)]
    public void Survival_needs_a_window_of_reports_before_the_links_of_a_year_ago(int monthsBack, double? value, Unavailable reason)
    {
        _cells.Report(Feed.Linkage, Now - monthsBack, Now).Put(Measure.SupplierReached, "org-1", Now - 12, 4).Put(Measure.LinkSurvived, "", Now, 3);

        Assert.Equal((value, reason), Assert.Single(new LinkSurvivalRatio().At(_cells.View(), Now)).Said());
    }

    [Theory]
    [InlineData(22, 12, null, Unavailable.NotApplicable)]
    [InlineData(23, 12, -1.0, Unavailable.None)]
    [InlineData(13, 3, null, Unavailable.NotApplicable)]
    [InlineData(14, 3, -1.0, Unavailable.None)]
    public void A_change_needs_a_window_of_reports_before_the_earlier_rate(int monthsBack, int span, double? value, Unavailable reason)
    {
        _cells.Report(Feed.Linkage, Now - monthsBack, Now).Put(Measure.Linked, "", Now - span, 1).Put(Measure.Linked, "", Now, -1);

        Assert.Equal((value, reason), new LocalLinkageChange().At(_cells.View(), Now).Single(f => f.Labels == $"span={span}").Said());
    }

    [Fact]
    public void A_rate_can_fall_by_all_of_it()
    {
        var definition = new LocalLinkageChange().Definition;

        Assert.Equal((-1, 1), (definition.Min, definition.Max));
    }

    [Theory]
    [InlineData("local|CNY", "other|EUR")]
    [InlineData("local|EUR", "other|CNY")]
    public void Purchases_in_a_currency_without_rate_are_no_ratio_wherever_they_go(string known, string unknown)
    {
        _cells.Put(Measure.Purchases, known, Now, 100).Put(Measure.Purchases, unknown, Now, 100);

        Assert.Equal((null, Unavailable.NoRate), Assert.Single(new LocalSourcingRatio().At(_cells.View(), Now)).Said());
    }
}
