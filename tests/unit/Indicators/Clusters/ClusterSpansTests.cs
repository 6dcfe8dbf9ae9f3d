using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>In what order clusters are told, and which months are judged.</summary>
public sealed class ClusterSpansTests
{
    private const string Own = "3201";
    private static readonly Month First = new(2003, 1);

    /// <summary>Textiles all along, electronics for three months.</summary>
    [Fact]
    public void SpansAreInTheOrderOfIndustriesWhicheverEndedFirst()
    {
        var world = World(months: 9);

        Assert.Equal(
            [new("17", First + 2, null), new("39", First + 2, First + 8)],
            world.View(Own).Clusters.Spans);
        Assert.Equal(["17", "39"], ClusterList.Of(world.View(Own), First + 7));
        Assert.Equal(["17"], ClusterList.Of(world.View(Own), First + 8));
    }

    [Fact]
    public void ClustersThatAreNamedStandAmongTheRecognisedOnesInOrder()
    {
        var world = World(months: 3);
        NamedCluster[] named = [new("chips", ["3973"]), NamedCluster.OfIndustry("30"), NamedCluster.OfIndustry("39")];
        var view = world[Own].View(world.View(Own).Around with { NamedClusters = named });

        Assert.Equal(["17", "30", "39", "chips"], ClusterList.Given(view, First + 2));
    }

    /// <summary>All reported the first month, and nobody was employed.</summary>
    [Fact]
    public void AMonthWithoutStandingsIsNotJudged()
    {
        var world = new ClusterWorld(First, First + 3, Own, "3202");
        for (var month = First + 1; month <= First + 3; month += 1)
            world.Employ(Own, "39", month, 5_000);
        var view = world.View(Own);
        Assert.True(view.Completeness(Feed.Employment).IsComplete(First));

        Assert.False(view.Clusters.IsKnownAt(First + 2));
        Assert.True(view.Clusters.IsKnownAt(First + 3));
    }

    [Theory]
    [InlineData("39", true)]
    [InlineData("C", true)]
    [InlineData("chips", false)]
    [InlineData("", false)]
    public void ALabelIsAnIndustrysUnlessItBeginsLikeAnId(string label, bool isIndustry) => Assert.Equal(isIndustry, NamedCluster.IsIndustry(label));

    private static ClusterWorld World(int months)
    {
        var world = new ClusterWorld(First, First + (months - 1), Own, "3202");
        for (var i = 0; i < months; i++)
        {
            world.Employ(Own, "39", First + i, i < 3 ? 5_000 : 10);
            world.Employ(Own, "17", First + i, 5_000);
            world.Employ("3202", "30", First + i, 90_000);
        }
        return world;
    }
}
