using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class RegionNameTests(LoadedReference reference)
{
    [Theory]
    [InlineData("CN", "中国")]
    [InlineData("32", "江苏")]
    [InlineData("3205", "江苏·苏州")]
    [InlineData("320583", "江苏·苏州·昆山")]
    [InlineData("320583100", "江苏·苏州·昆山·玉山镇")]
    [InlineData("320576", "江苏·苏州·苏州工业园区")]
    [InlineData("15", "内蒙古")]
    [InlineData("45", "广西")]
    [InlineData("65", "新疆")]
    [InlineData("2224", "吉林·延边")]
    [InlineData("6530", "新疆·克孜勒苏")]
    [InlineData("530925", "云南·临沧·双江")]
    [InlineData("622926", "甘肃·临夏·东乡")]
    [InlineData("429021", "湖北·神农架")]
    [InlineData("120101", "天津·和平区")]
    public void Paths_use_short_names(string code, string path) => Assert.Equal(path, reference.Region(code).PathZh);

    [Theory]
    [InlineData("500233", "重庆·忠县")] // one character would be left
    [InlineData("430121", "湖南·长沙·长沙县")] // within the city of the same name
    [InlineData("2202", "吉林·吉林市")] // within the province of the same name
    [InlineData("654002", "新疆·伊犁·伊宁市")] // beside the county of the same name
    [InlineData("654021", "新疆·伊犁·伊宁县")]
    public void Names_stay_whole_where_the_short_one_is_not_clear(string code, string path) =>
        Assert.Equal(path, reference.Region(code).PathZh);

    [Theory]
    [InlineData("1101", "北京")]
    [InlineData("110101", "北京·东城区")]
    [InlineData("110101001", "北京·东城区·东华门街道")]
    [InlineData("500101", "重庆·万州区")]
    [InlineData("500229", "重庆·城口")]
    [InlineData("5002", "重庆·县")]
    [InlineData("419001", "河南·济源")]
    [InlineData("4190", "河南·省直辖县级行政区划")]
    [InlineData("4419", "广东·东莞")]
    [InlineData("441900", "广东·东莞")]
    [InlineData("441900003", "广东·东莞·东城街道")]
    public void Divisions_that_exist_on_paper_only_do_not_clutter_paths(string code, string path) =>
        Assert.Equal(path, reference.Region(code).PathZh);

    [Fact]
    public void No_two_regions_of_a_level_share_a_path()
    {
        var shared = reference.Data.Regions.All
            .GroupBy(region => (region.Level, region.PathZh))
            .Where(same => same.Count() > 1);
        Assert.Empty(shared);
    }

    [Theory]
    [InlineData("CN", "中国", "China")]
    [InlineData("61", "陕西省", "Shaanxi")]
    [InlineData("3205", "苏州市", "Suzhou")]
    [InlineData("6501", "乌鲁木齐市", "Urumqi")]
    [InlineData("622926", "东乡族自治县", "Dongxiang Autonomous County")]
    [InlineData("320583100", "玉山镇", "玉山镇")] // no English is known for towns, and none is made up
    public void Names_are_the_official_ones(string code, string zh, string en)
    {
        Assert.Equal(zh, reference.Region(code).NameZh);
        Assert.Equal(en, reference.Region(code).NameEn);
    }
}
