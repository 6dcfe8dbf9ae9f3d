using ClusterPulse.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class RegionTreeTests(LoadedReference reference)
{
    private RegionTree Tree => reference.Data.Regions;

    [Theory]
    [InlineData(RegionLevel.Nation, 2)]
    [InlineData(RegionLevel.Province, 31 + 20)]
    [InlineData(RegionLevel.Prefecture, 342 + 107)]
    [InlineData(RegionLevel.County, 2_978 + 7_904)]
    [InlineData(RegionLevel.Town, 41_352)]
    public void Every_division_of_a_level_is_there(RegionLevel level, int count) =>
        Assert.Equal(count, Tree.All.Count(region => region.Level == level));

    [Fact]
    public void The_tree_hangs_together()
    {
        Assert.Equal(Tree.All.Count, Tree.Nations.Count + Tree.All.Sum(region => region.Children.Count));
        foreach (var region in Tree.All)
        {
            Assert.All(region.Children, child => Assert.Same(region, child.Parent));
            Assert.Equal((int)region.Level + 1, region.Path.Count);
            Assert.Contains(region.Path[^1], Tree.Nations);
        }
    }

    [Fact]
    public void A_path_leads_from_the_region_to_the_nation()
    {
        var town = reference.Region("320583100");
        Assert.Equal(["320583100", "320583", "3205", "32", "CN"], town.Path.Select(region => region.Code));
        Assert.Same(town.Path, town.Path);
        Assert.All(Tree.Nations, nation => Assert.Null(nation.Parent));
    }

    [Fact]
    public void A_region_is_in_itself_and_in_all_above_it()
    {
        var kunshan = reference.Region("320583");
        Assert.True(kunshan.IsIn(kunshan));
        Assert.True(kunshan.IsIn(reference.Region("3205")));
        Assert.True(kunshan.IsIn(reference.Region("CN")));
        Assert.False(kunshan.IsIn(reference.Region("IT")));
        Assert.False(kunshan.IsIn(reference.Region("3206")));
        Assert.False(reference.Region("3205").IsIn(kunshan));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("cn")]
    [InlineData("3299")]
    [InlineData("710000")]
    public void An_unknown_code_is_not_found(string code) => Assert.False(Tree.TryGet(code, out _));

    [Theory]
    [InlineData("CN", null)]
    [InlineData("32", null)]
    [InlineData("50", null)]
    [InlineData("3205", "3205")]
    [InlineData("320583", "3205")]
    [InlineData("320583100", "3205")]
    [InlineData("110101", "1101")]
    [InlineData("441900003", "4419")]
    [InlineData("5001", "5001")]
    [InlineData("500101", "5001")]
    [InlineData("5002", "5001")]
    [InlineData("500229", "5001")]
    [InlineData("500229001", "5001")]
    [InlineData("4190", null)]
    [InlineData("4290", null)]
    [InlineData("4690", null)]
    [InlineData("6590", null)]
    [InlineData("419001", "419001")]
    [InlineData("419001001", "419001")]
    [InlineData("429021", "429021")]
    [InlineData("469030", "469030")]
    [InlineData("659012", "659012")]
    public void The_locality_is_the_prefecture_but_for_Chongqing_and_lumped_counties(string code, string? locality) =>
        Assert.Equal(locality, reference.Region(code).Locality);

    [Fact]
    public void Every_county_and_town_has_a_locality_that_contains_it_or_is_Chongqing()
    {
        foreach (var region in Tree.All.Where(region => region.Level >= RegionLevel.County))
        {
            var locality = reference.Region(Assert.IsType<string>(region.Locality));
            Assert.True(region.IsIn(locality) || (locality.Code == "5001" && region.IsIn(reference.Region("5002"))));
            Assert.Equal(locality.Code, locality.Locality);
        }

        // 342 Chinese prefectures, less the second half of Chongqing and 4 that lump 1 + 4 + 15 + 12 counties; 107 province of Italy.
        Assert.Equal(342 - 1 - 4 + 32 + 107, Tree.All.Select(region => region.Locality).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void Levels_have_words()
    {
        Assert.Equal(
            ["nation", "province", "prefecture", "county", "town"],
            Enum.GetValues<RegionLevel>().Select(level => level.Word()));
        foreach (var level in Enum.GetValues<RegionLevel>())
            Assert.True(RegionLevelWords.TryParse(level.Word(), out var parsed) && parsed == level);
        Assert.False(RegionLevelWords.TryParse("City", out _));
    }
}
