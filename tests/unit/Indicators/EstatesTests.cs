using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>A region without estates is no region with none linked.</summary>
public sealed class EstatesTests
{
    private static readonly Month Now = new(2004, 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Estates_that_are_no_more_or_not_yet_are_not_counted(int left)
    {
        var cells = new CellTable().Put(Measure.Estates, "", Now - 5, 1 + left).Put(Measure.Estates, "", Now, -1).Put(Measure.Estates, "", Now + 1, 7);

        var expected = left == 0 ? ((double?)null, Unavailable.NotApplicable) : (left, Unavailable.None);
        Assert.Equal(expected, Assert.Single(new ClusterPulse.Indicators.Estates().At(cells.View(), Now)).Said());
        Assert.Equal(left == 0 ? expected : (0, Unavailable.None), Assert.Single(new EstatesLinked().At(cells.View(), Now)).Said());
    }
}
