using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>What stands below a line must not be nothing.</summary>
public sealed class FdiPerformanceIndexTests
{
    private static readonly Month Now = new(2004, 12);

    [Theory]
    [InlineData(20, 0, 100, 1_000)]
    [InlineData(20, -1, 100, 1_000)]
    [InlineData(20, 100, 0, 1_000)]
    [InlineData(20, 100, -1, 1_000)]
    [InlineData(20, 100, 100, 0)]
    [InlineData(20, 100, 100, -1)]
    public void Without_one_of_the_three_below_there_is_no_denominator(long fdi, long fdiOfNation, long output, long outputOfNation)
    {
        var figure = Of(fdi, fdiOfNation, output, outputOfNation);

        Assert.Equal((null, Unavailable.NoDenominator), figure.Said());
        Assert.Equal([fdi, fdiOfNation, output, outputOfNation], figure.Operands.Select(o => o.Value));
    }

    [Theory]
    [InlineData(20, 2.0)]
    [InlineData(0, 0.0)]
    [InlineData(-20, -2.0)]
    public void What_stands_above_may_be_anything(long fdi, double expected) => Assert.Equal(expected, Of(fdi, 100, 100, 1_000).Value);

    private static Figure Of(long fdi, long fdiOfNation, long output, long outputOfNation)
    {
        var nation = new CellTable().Invest("HK", Now, fdiOfNation).Earn(Measure.Output, "private", Now, outputOfNation);
        var cells = new CellTable().Invest("HK", Now, fdi).Earn(Measure.Output, "private", Now, output);
        return Assert.Single(new FdiPerformanceIndex().At(cells.ViewIn(nation), Now));
    }
}
