using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>Figures of clusters where there is nothing to divide by, or where the table is older than the cells.</summary>
public sealed class ClusterEdgesTests
{
    private const string Own = "3201";
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void AClusterHasAllMonthsOfItsIndustry()
    {
        var cluster = new CellTable().Employ("39", Now - 5, 10).Employ("39", Now, 20).Employ("17", Now, 1_000).View().Cluster("39");

        Assert.Equal([10, 0, 20], new[] { Now - 5, Now - 1, Now }.Select(m => cluster.Sum(Measure.Employment, m)));
    }

    [Fact]
    public void StarsAreToldWithWhatTheyTake()
    {
        var world = new ClusterWorld(Now, Now, Own, "3202");
        world.Employ(Own, "39", Now, 3_000);
        world.Employ(Own, "17", Now, 1_000);
        world.Employ("3202", "17", Now, 96_000);

        var figure = new ClusterStars().At(world.View(Own), Now).Single(f => f.Labels == "industry=39");

        Assert.Equal(
            [
                new("industry_here", 3_000, "persons"), new("all_here", 4_000, "persons"), new("industry_in_nation", 3_000, "persons"),
                new("all_in_nation", 100_000, "persons"), new("first_tenth_from", 3_000, "persons"),
                new("first_tenth_from_share", 0.75, "ratio"), new("regions", 2, "count"),
            ],
            figure.Operands);
    }

    /// <summary>Of what the nation has none of nobody can have twice its weight.</summary>
    [Fact]
    public void WhatTheNationHasNotCountedYetIsNoSpecialisation()
    {
        var nation = new CellTable().Employ("17", Now, 100_000);
        var table = new StandingsTable("1", nation.Encode(), [new("prefecture", Now, 2, [new("39", 2_000, 0.5)])], [], []);
        var view = new CellTable().Employ("39", Now, 2_000).View(Seen(table, Own, "prefecture"));

        Assert.Equal(new Stars(Size: true, Specialised: false, Focus: true), Stars.Of(view, view.Around.Standings!, Now, "39"));
    }

    [Fact]
    public void AnIndustryThatNobodyIsEmployedInAnyMoreHasNoAgglomeration()
    {
        var world = new ClusterWorld(Now - 1, Now, Own, "3202");
        world.Employ(Own, "39", Now - 1, 2_000, 1_000);
        world.Employ(Own, "17", Now, 2_000, 1_000);
        world.Employ("3202", "17", Now, 1_000);

        Assert.Equal(["industry=17"], new EllisonGlaeser().At(world.View(ClusterWorld.Nation), Now).Select(f => f.Labels));
    }

    [Fact]
    public void OfAnIndustryThatTheTableLacksThereIsNoAgglomeration()
    {
        var table = new StandingsTable("1", new CellTable().Encode(), [], [new("CN", Now, 2, 0.5, [new("17", 0.1)])], []);
        var view = new CellTable().Employ("39", Now, 2_000).View(Seen(table, "CN", "nation"));

        var figure = Assert.Single(new EllisonGlaeser().At(view, Now));

        Assert.Equal(("industry=39", (null, Unavailable.NoDenominator)), (figure.Labels, figure.Said()));
    }

    [Fact]
    public void WhereNothingIsInvestedNothingGoesIntoClusters()
    {
        var world = new ClusterWorld(Now - 14, Now, Own);
        for (var month = Now - 14; month <= Now - 12; month += 1)
            world.Employ(Own, "39", month, 5_000);

        foreach (var code in (string[])[Own, ClusterWorld.Nation])
        {
            var figure = Assert.Single(new FdiIntoClusters().At(world.View(code), Now));

            Assert.Equal((null, Unavailable.NoDenominator), figure.Said());
            Assert.Equal([new("into_clusters_usd", 0, "USD"), new("fdi_usd", 0, "USD")], figure.Operands);
        }
    }

    private static Surroundings Seen(StandingsTable table, string code, string level) =>
        Surroundings.None with { Standings = new OpenStandings(table, cells => cells.View()).Of(code, level) };
}
