using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.StageCells;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which stage a region is in, at the borders and beside them. Rates are per mille.</summary>
public sealed class StageTests
{
    private const string Enterprise = "enterprise_cluster";
    private const string Transition = "transition";
    private const string Industry = "industry_cluster";

    [Theory]
    [InlineData(149, 149, Enterprise)]
    [InlineData(150, 150, Transition)]
    [InlineData(399, 399, Transition)]
    [InlineData(400, 400, Industry)]
    [InlineData(419, 400, Industry)]
    [InlineData(421, 400, Transition)]
    public void The_first_stage_is_by_the_borders_themselves(int before, int now, string stage) =>
        Assert.Equal(stage, StageOf(Region(before, now), First));

    [Theory]
    [InlineData(100, 169, Enterprise)]
    [InlineData(100, 171, Transition)]
    [InlineData(200, 131, Transition)]
    [InlineData(200, 130, Transition)]
    [InlineData(200, 129, Enterprise)]
    [InlineData(200, 410, Transition)]
    [InlineData(200, 419, Transition)]
    [InlineData(200, 421, Industry)]
    public void A_stage_is_left_only_when_the_rate_is_beyond_the_margin(int before, int now, string stage) =>
        Assert.Equal(stage, StageOf(Region(before, now), First));

    [Theory]
    [InlineData(410, 381, Industry)]
    [InlineData(410, 380, Industry)]
    [InlineData(410, 379, Transition)]
    [InlineData(500, 461, Industry)]
    [InlineData(500, 459, Transition)]
    public void An_industry_cluster_is_left_when_either_the_rate_or_its_change_is_beyond_the_margin(int before, int now, string stage) =>
        Assert.Equal(stage, StageOf(Region(before, before, now), First + 1));

    /// <summary>Fallen from 450 to 425, and a year later.</summary>
    [Theory]
    [InlineData(424, Transition)]
    [InlineData(425, Industry)]
    public void A_region_in_transition_with_a_high_rate_has_arrived_once_it_no_longer_falls(int now, string stage)
    {
        var cells = Region(450, [.. Enumerable.Repeat(425, 12), now]);

        Assert.Equal(Transition, StageOf(cells, First + 11));
        Assert.Equal(stage, StageOf(cells, First + 12));
    }

    [Fact]
    public void One_stage_is_1_and_the_others_are_0_with_what_they_rest_on()
    {
        var figures = new Stage().At(Region(200, 300, 450, 450).View(), First + 2).ToList();

        Assert.Equal(
            [("stage=enterprise_cluster", 0d), ("stage=transition", 0d), ("stage=industry_cluster", 1d)],
            figures.Select(f => (f.Labels, f.Value!.Value)));
        Assert.All(figures, f =>
        {
            Assert.Equal(
                [("local_linkage_ratio", "ratio"), ("local_linkage_change", "ratio"), ("months_in_stage", "count")],
                f.Operands.Select(o => (o.Name, o.Unit)));
            Assert.Equal([0.45, 0.25, 2], f.Operands.Select(o => o.Value));
        });
    }

    [Fact]
    public void A_low_rate_tells_the_stage_before_its_change_is_known_and_a_high_one_does_not()
    {
        var low = new Stage().At(Region(399, 0).View(), First - 1).ToList();
        var high = new Stage().At(Region(400, 0).View(), First - 1).ToList();

        Assert.Equal([0d, 1d, 0d], low.Select(f => f.Value!.Value));
        Assert.Equal([("local_linkage_ratio", 0.399), ("months_in_stage", 12)], low[0].Operands.Select(o => (o.Name, o.Value)));
        Assert.Equal(Enumerable.Repeat(((double?)null, Unavailable.NotApplicable), 3), high.Select(f => (f.Value, f.Reason)));
    }

    [Fact]
    public void A_month_that_is_not_complete_moves_nothing_but_is_told_when_asked_for()
    {
        var cells = Region(100, 500, 160).With(new(Measure.Reported, "linkage", First), -100);

        Assert.Equal(Industry, StageOf(cells, First));
        Assert.Equal(Enterprise, StageOf(cells, First + 1));
    }

    [Fact]
    public void Without_a_year_of_reports_there_is_no_stage_and_without_foreign_funded_enterprises_no_denominator()
    {
        var early = new Stage().At(Region(100, 100).View(), First - 13);
        var none = new Stage().At(Region(100, 100).Active(First, -StageCells.Enterprises).View(), First);

        Assert.Equal(Enumerable.Repeat(((double?)null, Unavailable.NotApplicable), 3), early.Select(f => (f.Value, f.Reason)));
        Assert.Equal(Enumerable.Repeat(((double?)null, Unavailable.NoDenominator), 3), none.Select(f => (f.Value, f.Reason)));
    }
}
