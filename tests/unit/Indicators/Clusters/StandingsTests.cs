using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>What a region gives to the table of its nation, and what stands in it.</summary>
public sealed class StandingsTests
{
    private static readonly Month Now = new(2004, 12);

    [Theory]
    [InlineData("nation", true)]
    [InlineData("province", false)]
    [InlineData("prefecture", false)]
    [InlineData("county", false)]
    public void TheNationTellsItsReportingOfAllFeedsAndOthersThatOfEmployment(string level, bool all)
    {
        var cells = new CellTable();
        foreach (var feed in VocabularyWords.Feeds)
            cells.Report(feed, Now, Now);

        var told = Standings.PartOf(cells, level).Of(Measure.Reported).Keys;

        Assert.Equal(all ? ["employment", "export", "fdi", "output"] : ["employment"], told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nation", true)]
    [InlineData("province", true)]
    [InlineData("prefecture", true)]
    [InlineData("county", true)]
    [InlineData("town", false)]
    public void ATownHasNoStandings(string level, bool has)
    {
        var open = new OpenStandings(new("1", new CellTable().Encode(), [], [], []), cells => cells.View());

        Assert.Equal(has, open.Of("3205", level) is not null);
    }

    [Fact]
    public void TheLastOfTheRegionsAboveIsTheNationAndANationIsItsOwn()
    {
        Assert.Equal("CN", new RegionStanding("CN", "nation", [], new()).Nation);
        Assert.Equal("CN", new RegionStanding("3205", "prefecture", ["32", "CN"], new()).Nation);
    }

    /// <summary>Whoever came first.</summary>
    [Fact]
    public void PrefecturesWithClustersAreInTheOrderOfTheirCodes()
    {
        var world = new ClusterWorld(Now - 2, Now, "3301", "3201");
        for (var month = Now - 2; month <= Now; month += 1)
        {
            world.Employ("3301", "17", month, 5_000);
            world.Employ("3201", "39", month, 5_000);
        }

        Assert.Equal(["3201", "3301"], world.Table().Clusters.Select(c => c.Code));
    }

    /// <summary>One prefecture has employment in the first month alone, another in the last.</summary>
    [Fact]
    public void TheTableHasTheMonthsOfAnyRegionOfALevel()
    {
        var world = new ClusterWorld(Now - 2, Now, "3201", "3202");
        world.Employ("3201", "39", Now - 2, 2_000);
        world.Employ("3202", "39", Now, 2_000);

        Assert.Equal([Now - 2, Now - 1, Now], world.Table().Levels.Where(l => l.Level == "prefecture").Select(l => l.Period));
    }

    [Fact]
    public void WhereNobodyIsEmployedTheTableIsEmpty()
    {
        var table = new ClusterWorld(Now, Now, "3201", "3202").Table();

        Assert.Empty(table.Levels);
        Assert.Empty(table.Spreads);
    }

    [Fact]
    public void AMonthInWhichNobodyIsEmployedHasNoSpread()
    {
        var world = new ClusterWorld(Now - 2, Now, "3201", "3202");
        foreach (var month in (Month[])[Now - 2, Now])
            world.Employ("3201", "39", month, 2_000);

        Assert.Equal([Now - 2, Now], world.Table().Spreads.Where(s => s.Code == "32").Select(s => s.Period));
    }

    [Fact]
    public void AnIndustryThatNobodyIsEmployedInAnyMoreIsNotSpread()
    {
        var world = new ClusterWorld(Now - 1, Now, "3201", "3202");
        world.Employ("3201", "17", Now - 1, 2_000);
        world.Employ("3201", "39", Now - 1, 2_000);
        world.Employ("3202", "39", Now, 2_000);

        Assert.Equal(["39"], world.Table().Spreads.Single(s => s.Code == "32" && s.Period == Now).Divisions.Select(d => d.Division));
    }

    /// <summary>Of eleven regions two would be the first; one alone has the industry, and another had nothing but it a month ago.</summary>
    [Fact]
    public void ARegionThatHasLostAllItsEmploymentIsNoRival()
    {
        var codes = Enumerable.Range(3201, 11).Select(c => c.ToString(null, null)).ToList();
        var world = new ClusterWorld(Now - 1, Now, codes);
        world.Employ(codes[10], "39", Now - 1, 2_000);
        world.Employ(codes[0], "39", Now, 2_000);
        world.Employ(codes[0], "17", Now, 2_000);

        var cutOffs = world.Table().Levels.Single(l => l.Level == "prefecture" && l.Period == Now);

        Assert.Equal(11, cutOffs.Regions);
        Assert.Equal([new("39", 0, 0)], cutOffs.Divisions.Where(d => d.Division == "39"));
    }

    [Fact]
    public void OneRegionWithEnoughMakesAnIndustryStand()
    {
        var world = new ClusterWorld(Now, Now, "3201", "3202");
        world.Employ("3201", "39", Now, 1_000);
        world.Employ("3202", "39", Now, 1);
        world.Employ("3202", "17", Now, 999);

        Assert.Equal([new("39", 1_000, 1)], world.Table().Levels.Single(l => l.Level == "prefecture").Divisions);
    }
}
