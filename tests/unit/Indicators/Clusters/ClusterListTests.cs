using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>When an industry becomes a recognised cluster and when it is dropped.</summary>
public sealed class ClusterListTests
{
    private const string Own = "3201";
    private static readonly Month First = new(2003, 1);

    /// <summary>A letter a month: <c>*</c> has stars, <c>.</c> has none, <c>?</c> has none and did not report. Recognised in the months
    /// marked <c>r</c>.</summary>
    [Theory]
    [InlineData("***", "--r")]
    [InlineData("**.**.**", "--------")]
    [InlineData("***.....***", "--rrrrrrrrr")]
    [InlineData("***......***", "--rrrrrr---r")]
    [InlineData("***.....*.....*", "--rrrrrrrrrrrrr")]
    [InlineData("***......**.***", "--rrrrrr------r")]
    [InlineData("......***......", "--------rrrrrr-")]
    [InlineData("**?*", "---r")]
    [InlineData("***...?...", "--rrrrrrr-")]
    public void ItTakesThreeMonthsToBecomeOneAndSixToLoseIt(string months, string recognised)
    {
        var view = World(months).View(Own);

        Assert.Equal(recognised, string.Concat(months.Select((_, i) => ClusterList.Of(view, First + i).Contains("39") ? 'r' : '-')));
    }

    [Fact]
    public void AMonthThatTheNationLacksDoesNotCount()
    {
        var world = World("***");
        world[ClusterWorld.Nation].Add(new(Measure.Reported, "employment", First + 1), -5);

        Assert.Empty(ClusterList.Of(world.View(Own), First + 2));
        Assert.False(world.View(Own).Clusters.IsKnownAt(First + 2));
    }

    /// <summary>What is known of a month does not change with what comes after.</summary>
    [Fact]
    public void LaterMonthsDoNotChangeEarlierOnes()
    {
        const string Months = "***......***.***";
        var whole = World(Months).View(Own);
        for (var i = 0; i < Months.Length; i++)
            Assert.Equal(ClusterList.Of(World(Months[..(i + 1)]).View(Own), First + i), ClusterList.Of(whole, First + i));
    }

    /// <summary>The nation counts the textiles of another prefecture too.</summary>
    [Theory]
    [InlineData("**", null, null)]
    [InlineData("...", 0d, 1d)]
    [InlineData("***", 1d, 2d)]
    public void BeforeThreeMonthsNothingIsSaidOfTheNumber(string months, double? number, double? ofNation)
    {
        var world = World(months);
        var last = First + (months.Length - 1);

        var own = Assert.Single(new RecognisedClusters().At(world.View(Own), last));
        var nation = Assert.Single(new RecognisedClusters().At(world.View(ClusterWorld.Nation), last));

        Assert.Equal((number, ofNation), (own.Value, nation.Value));
        Assert.Equal(number is null ? Unavailable.NotApplicable : Unavailable.None, own.Reason);
    }

    [Fact]
    public void TheLocationQuotientOfAClusterIsAGauge()
    {
        var view = World("***").View(Own);

        var gauge = Assert.Single(new LocationQuotient().Watched(view, First + 2));

        Assert.Equal("industry=39,measure=employment", gauge.Labels);
        Assert.Contains(gauge.With("x", "y").Value, new LocationQuotient().At(view, First + 2).Select(f => f.Value));
        Assert.Empty(new LocationQuotient().Watched(view, First + 1));
    }

    private static ClusterWorld World(string months)
    {
        var world = new ClusterWorld(First, First + (months.Length - 1), Own, "3202", "3203", "3204", "3205");
        for (var i = 0; i < months.Length; i++)
        {
            world.Employ(Own, "39", First + i, months[i] == '*' ? 5_000 : 500);
            world.Employ("3202", "17", First + i, 90_000);
            if (months[i] == '?')
                world.Miss(Own, First + i);
        }
        return world;
    }
}
