using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.StageCells;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>A region that was an industry cluster in the first month and has been an enterprise cluster since.</summary>
public sealed class StageChangeTests
{
    private static readonly StageChange Indicator = new();

    [Theory]
    [InlineData(1, -2)]
    [InlineData(2, -2)]
    [InlineData(12, -2)]
    [InlineData(13, 0)]
    public void It_is_against_the_highest_stage_of_the_twelve_months_before(int months, double change)
    {
        var figure = Of(Fallen(months), months);

        Assert.Equal(change, figure.Value);
        Assert.Equal([("stage_now", 0d), ("highest_stage_before", -change)], figure.Operands.Select(o => (o.Name, o.Value)));
        Assert.InRange(figure.Value!.Value, Indicator.Definition.Min!.Value, Indicator.Definition.Max!.Value);
    }

    [Fact]
    public void The_first_stage_has_none_before() => Assert.Equal((null, Unavailable.NotApplicable), Said(Of(Fallen(0), 0)));

    [Fact]
    public void A_month_without_foreign_funded_enterprises_is_not_compared_with_those_that_had_them() => Assert.Equal(
        (null, Unavailable.NoDenominator), Said(Of(Fallen(2).Active(First + 2, -StageCells.Enterprises), 2)));

    private static CellTable Fallen(int months) => Region(500, [500, .. Enumerable.Repeat(100, months)]);

    private static Figure Of(CellTable cells, int months) => Assert.Single(Indicator.At(cells.View(), First + months));

    private static (double?, Unavailable) Said(Figure figure) => (figure.Value, figure.Reason);
}
