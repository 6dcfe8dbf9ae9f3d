using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Both kinds must have made something a year ago.</summary>
public sealed class PrivateGrowthGapTests
{
    private static readonly Month Now = new(2004, 12);

    [Theory]
    [InlineData(100, 100, 0.25, Unavailable.None)]
    [InlineData(0, 100, null, Unavailable.NoDenominator)]
    [InlineData(-1, 100, null, Unavailable.NoDenominator)]
    [InlineData(100, 0, null, Unavailable.NoDenominator)]
    [InlineData(100, -1, null, Unavailable.NoDenominator)]
    public void On_nothing_neither_has_grown(long privateThen, long foreignThen, double? gap, Unavailable reason)
    {
        var cells = new CellTable()
            .Earn(Measure.OutputMatchedNow, "private+", Now, 150).Earn(Measure.OutputMatchedThen, "private+", Now, privateThen)
            .Earn(Measure.OutputMatchedNow, "hmt", Now, 125).Earn(Measure.OutputMatchedThen, "hmt", Now, foreignThen);

        var figure = Assert.Single(new PrivateGrowthGap().At(cells.View(), Now));

        Assert.Equal((gap, reason), figure.Said());
        Assert.Equal([150, privateThen, 125, foreignThen], figure.Operands.Select(o => o.Value));
    }
}
