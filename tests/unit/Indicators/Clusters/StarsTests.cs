using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>Who gets which star, at and beside each border.</summary>
public sealed class StarsTests
{
    private const string Own = "3201";
    private static readonly Month Now = new(2004, 12);

    [Theory]
    [InlineData(1_000, 3)]
    [InlineData(999, 0)]
    public void BelowAThousandPersonsThereIsNoStar(long persons, int stars)
    {
        var world = World(10);
        world.Employ(Own, "39", Now, persons);
        world.Employ(Own, "17", Now, 1);
        world.Employ("3202", "17", Now, 50_000);

        Assert.Equal(stars, Stars(world, Own, "39").Count);
    }

    /// <summary>Of 100,000 in the nation 10,000 are in the industry; of 10,000 here 2,000 are, or one fewer.</summary>
    [Theory]
    [InlineData(2_000, true)]
    [InlineData(1_999, false)]
    public void TwiceTheNationsWeightIsAStar(long here, bool star)
    {
        var world = World(10);
        world.Employ(Own, "39", Now, here);
        world.Employ(Own, "17", Now, 10_000 - here);
        world.Employ("3202", "39", Now, 10_000 - here);
        world.Employ("3202", "17", Now, 80_000 + here);

        Assert.Equal(star, Stars(world, Own, "39").Specialised);
    }

    /// <summary>The first tenth, rounded up: one of 1 and of 10, two of 11.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(20, 2)]
    [InlineData(21, 3)]
    public void TheFirstTenthOfRegionsGetsTheStarForSize(int regions, int first)
    {
        var world = World(regions);
        var codes = Codes(regions).ToList();
        for (var i = 0; i < regions; i++)
            world.Employ(codes[i], "39", Now, 10_000 - i);

        Assert.Equal(codes.Take(first), codes.Where(c => Stars(world, c, "39").Size));
    }

    [Fact]
    public void WhoIsAsLargeAsTheLastOfTheFirstTenthIsAmongThem()
    {
        var world = World(10);
        foreach (var code in Codes(3))
            world.Employ(code, "39", Now, 5_000);
        world.Employ("3204", "39", Now, 4_999);

        Assert.Equal(Codes(3), Codes(10).Where(c => Stars(world, c, "39").Size));
    }

    /// <summary>A larger place with the same persons has less focus.</summary>
    [Fact]
    public void FocusGoesByTheShareOfThePlacesEmployment()
    {
        var world = World(10);
        foreach (var (code, other) in new[] { ("3201", 1_000), ("3202", 9_000), ("3203", 500) })
        {
            world.Employ(code, "39", Now, 2_000);
            world.Employ(code, "17", Now, other);
        }

        Assert.Equal(["3203"], Codes(10).Where(c => Stars(world, c, "39").Focus));
        Assert.Equal(3, Codes(10).Count(c => Stars(world, c, "39").Size));
    }

    /// <summary>Of thirty regions three would be the first tenth, and two have the industry.</summary>
    [Fact]
    public void WhereFewHaveTheIndustryAllOfTheseAreAmongTheFirst()
    {
        var world = World(30);
        world.Employ("3201", "39", Now, 9_000);
        world.Employ("3202", "39", Now, 1_000);
        world.Employ("3203", "17", Now, 5_000);

        Assert.Equal(["3201", "3202"], Codes(30).Where(c => Stars(world, c, "39").Size));
    }

    /// <summary>Eleven regions would make two first; one of them has no enterprise any more.</summary>
    [Fact]
    public void ARegionWithoutEnterprisesIsNoRival()
    {
        var world = World(11);
        var codes = Codes(11).ToList();
        for (var i = 0; i < 10; i++)
            world.Employ(codes[i], "39", Now, 10_000 - i);
        Assert.Equal(2, codes.Count(c => Stars(world, c, "39").Size));

        world.Add(codes[10], new(Measure.Active, "foreign", Now), -1);

        Assert.Equal([codes[0]], codes.Where(c => Stars(world, c, "39").Size));
    }

    [Fact]
    public void GaugesAreThoseWithAStarAndDetailsAll()
    {
        var world = World(10);
        world.Employ(Own, "39", Now, 3_000);
        world.Employ(Own, "17", Now, 10);
        world.Employ("3202", "17", Now, 90_000);

        Assert.Equal(["industry=17", "industry=39"], new ClusterStars().At(world.View(Own), Now).Select(f => f.Labels));
        var gauge = Assert.Single(new ClusterStars().Watched(world.View(Own), Now));
        Assert.Equal(("industry=39", 3d), (gauge.Labels, gauge.Value));
    }

    [Fact]
    public void WithoutStandingsThereIsNoFigure()
    {
        var cells = new ClusterWorld(Now, Now, Own)[Own];

        IIndicator[] all = [new ClusterStars(), new RecognisedClusters(), new ClusteredShare(), new EllisonGlaeser(), new FdiIntoClusters()];

        Assert.All(all, i => Assert.Empty(i.At(new(cells, ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)>()), Now)));
    }

    private static ClusterWorld World(int regions) => new(Now, Now, Codes(regions));

    private static IEnumerable<string> Codes(int count) => Enumerable.Range(3201, count).Select(c => c.ToString(null, null));

    private static Stars Stars(ClusterWorld world, string code, string division)
    {
        var view = world.View(code);
        return ClusterPulse.Indicators.Clusters.Stars.Of(view, view.Around.Standings!, Now, division);
    }
}
