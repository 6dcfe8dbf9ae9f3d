using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>What lies in clusters, and how industries are spread, against calculations by hand.</summary>
public sealed class ClusterFiguresTests
{
    private static readonly Month Now = new(2004, 12);

    /// <summary>
    /// Two prefectures with 4,000 and 6,000 persons: x = 0.4, 0.6. Electronics: 3,000 and 1,000: s = 0.75, 0.25.
    /// G = 0.35² + 0.35² = 0.245; Σx² = 0.52; enterprises of 2,000, 1,000 and 1,000: H = 0.25 + 0.0625 + 0.0625 = 0.375.
    /// γ = (0.245 ÷ 0.48 − 0.375) ÷ 0.625 = 0.216666…
    /// </summary>
    [Theory]
    [InlineData(ClusterWorld.Nation)]
    [InlineData("32")]
    public void AgglomerationIsWhatEllisonAndGlaeserSay(string upper)
    {
        var world = new ClusterWorld(Now, Now, "3201", "3202");
        world.Employ("3201", "39", Now, 2_000, 1_000);
        world.Employ("3202", "39", Now, 1_000);
        world.Employ("3201", "17", Now, 1_000);
        world.Employ("3202", "17", Now, 5_000);

        var figure = new EllisonGlaeser().At(world.View(upper), Now).Single(f => f.Labels == "industry=39");

        Assert.Equal(((0.245 / 0.48) - 0.375) / 0.625, figure.Value!.Value, 12);
    }

    /// <summary>A hundred million persons squared do not fit into the low half, and a thousand such enterprises not into 64 bits.</summary>
    [Fact]
    public void SquaresOfTheLargestEnterprisesAddUp()
    {
        var world = new ClusterWorld(Now, Now, "3201", "3202");
        world.Employ("3201", "39", Now, Enumerable.Repeat(ReportLine.MostPersons, 1_000));
        world.Employ("3202", "39", Now, Enumerable.Repeat(ReportLine.MostPersons, 1_000));

        var figure = Assert.Single(new EllisonGlaeser().At(world.View(ClusterWorld.Nation), Now));

        Assert.Equal(-0.0005 / 0.9995, figure.Value!.Value, 12);
    }

    [Theory]
    [InlineData("one prefecture", Unavailable.NotApplicable)]
    [InlineData("one enterprise", Unavailable.NoDenominator)]
    [InlineData("one place", Unavailable.NoDenominator)]
    public void AgglomerationNeedsSeveralOfEach(string what, Unavailable reason)
    {
        var world = what == "one prefecture" ? new ClusterWorld(Now, Now, "3201") : new ClusterWorld(Now, Now, "3201", "3202");
        world.Employ("3201", "39", Now, what == "one enterprise" ? [5_000] : [2_000, 3_000]);
        if (what == "one enterprise")
            world.Employ("3202", "17", Now, 1, 2);

        var figure = new EllisonGlaeser().At(world.View("32"), Now).Single(f => f.Labels == "industry=39");

        Assert.Equal((null, reason), (figure.Value, figure.Reason));
    }

    [Fact]
    public void APrefectureHasNoAgglomerationOfItsOwn()
    {
        var world = World();

        Assert.Empty(new EllisonGlaeser().At(world.View("3201"), Now));
        Assert.Empty(new ClusteredShare().At(world.View("3201"), Now));
    }

    /// <summary>3201 has the cluster 39, 3301 the cluster 17.</summary>
    [Fact]
    public void TheClusteredShareIsThatOfAllPrefecturesClusters()
    {
        var world = World();
        for (var back = 0; back < 12; back++)
        {
            world.Earn("3201", Measure.Output, "39", Now - back, 30);
            world.Earn("3201", Measure.Output, "17", Now - back, 20);
            world.Earn("3301", Measure.Output, "17", Now - back, 10);
            world.Earn("3301", Measure.Output, "39", Now - back, 40);
        }
        // Before the window.
        world.Earn("3201", Measure.Output, "39", Now - 12, 1_000_000);

        Assert.Equal(0.4, Share(ClusterWorld.Nation, "output")!.Value, 12);
        Assert.Equal(0.6, Share("32", "output")!.Value, 12);
        Assert.Equal(0.2, Share("33", "output")!.Value, 12);
        Assert.Equal(5_000d / 7_000, Share("32", "employment")!.Value, 12);
        Assert.Null(Share("32", "exports"));

        double? Share(string code, string measure) =>
            new ClusteredShare().At(world.View(code), Now).Single(f => f.Labels == "measure=" + measure).Value;
    }

    /// <summary>Clusters of a year ago count, whatever has become of them, and groups of their division with them.</summary>
    [Fact]
    public void InvestmentIntoClustersGoesByTheClustersOfAYearAgo()
    {
        var world = World(months: 24, lostAfter: Now - 10);
        world.Invest("3201", "3911", Now, 60);
        world.Invest("3201", "17", Now - 11, 20);
        world.Invest("3301", "1751", Now, 15);
        world.Invest("3301", "39", Now, 5);
        world.Invest("3301", "39", Now - 12, 1_000);
        Assert.Empty(ClusterList.Of(world.View("3201"), Now));

        Assert.Equal(0.75, Into("3201")!.Value, 12);
        Assert.Equal(0.75, Into("3301")!.Value, 12);
        Assert.Equal(0.75, Into("32")!.Value, 12);
        Assert.Equal(0.75, Into(ClusterWorld.Nation)!.Value, 12);

        double? Into(string code) => Assert.Single(new FdiIntoClusters().At(world.View(code), Now)).Value;
    }

    [Fact]
    public void WithoutAYearOfMonthsNothingIsSaidOfInvestmentIntoClusters()
    {
        var world = World();
        world.Invest("3201", "39", Now, 60);

        Assert.Equal(Unavailable.NotApplicable, Assert.Single(new FdiIntoClusters().At(world.View("3201"), Now)).Reason);
    }

    /// <summary>3201 is electronics, 3301 textiles; from a month on 3201 has hardly any electronics left.</summary>
    private static ClusterWorld World(int months = 12, Month? lostAfter = null)
    {
        var world = new ClusterWorld(Now - (months - 1), Now, "3201", "3202", "3301", "3302");
        for (var month = Now - (months - 1); month <= Now; month += 1)
        {
            world.Employ("3201", "39", month, lostAfter is { } lost && month > lost - 1 ? 10 : 5_000);
            world.Employ("3202", "30", month, 2_000);
            world.Employ("3301", "17", month, 5_000);
            world.Employ("3302", "30", month, 9_000);
        }
        return world;
    }
}
