using ClusterPulse.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class CountryPackTests(LoadedReference reference)
{
    [Fact]
    public void Every_pack_has_its_nation_its_regions_and_its_industries()
    {
        Assert.Equal(CountryPack.All.Select(p => p.Nation), reference.Data.Regions.Nations.Select(n => n.Code));
        foreach (var pack in CountryPack.All)
        {
            Assert.True(reference.Data.Economies.TryGet(pack.Nation, out _));
            Assert.Equal(Enum.GetValues<RegionLevel>(), pack.LevelNames.Keys.Order());
            Assert.Contains(reference.Data.Industries.All, i => IndustryScheme.Of(i.Code) == pack.Industries);
        }
    }

    [Fact]
    public void A_region_is_of_the_country_at_the_top_of_its_path()
    {
        Assert.Same(CountryPack.China, CountryPack.Of(reference.Region("320583100")));
        Assert.Same(CountryPack.Italy, CountryPack.Of(reference.Region("IT013075")));
    }

    [Fact]
    public void Como_lies_in_its_provincia_in_Lombardy_in_Italy()
    {
        var como = reference.Region("IT013075");
        Assert.Equal(["IT013075", "IT013", "IT03", "IT"], como.Path.Select(r => r.Code));
        Assert.Equal([RegionLevel.County, RegionLevel.Prefecture, RegionLevel.Province, RegionLevel.Nation], como.Path.Select(r => r.Level));
        Assert.Equal("伦巴第·科莫·科莫", como.PathZh);
        Assert.Equal(("provincia", "省"), (CountryPack.Italy.LevelNames[como.Parent!.Level].En, CountryPack.Italy.LevelNames[como.Parent.Level].Zh));
    }

    [Fact]
    public void The_provincia_is_the_locality()
    {
        Assert.Equal("IT013", reference.Region("IT013075").Locality);
        Assert.Equal("IT013", reference.Region("IT013").Locality);
        Assert.Null(reference.Region("IT03").Locality);
        Assert.Null(reference.Region("IT").Locality);
    }

    [Fact]
    public void Codes_of_all_countries_may_stand_in_names_and_labels() =>
        Assert.All(reference.Data.Regions.All, r => Assert.Matches("^[0-9A-Z]+$", r.Code));

    [Theory]
    [InlineData("3911", "39")]
    [InlineData("39", "39")]
    [InlineData("NACE132", "NACE13")]
    [InlineData("NACE13", "NACE13")]
    public void A_division_is_that_of_the_scheme(string code, string division)
    {
        Assert.Equal(division, IndustryScheme.Division(code));
        Assert.True(reference.Data.Industries.TryGet(code, out var industry));
        Assert.Equal(division, industry.Division);
    }

    [Fact]
    public void Every_industry_lies_in_the_division_that_its_code_says()
    {
        foreach (var industry in reference.Data.Industries.All.Where(i => i.Level != "section"))
            Assert.Equal(industry.Division, IndustryScheme.Division(industry.Code));
    }
}
