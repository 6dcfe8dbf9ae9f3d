using ClusterPulse.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class CodeTableTests(LoadedReference reference)
{
    private ReferenceData Data => reference.Data;

    [Theory]
    [InlineData("section", 20 + 21)]
    [InlineData("division", 97 + 88)]
    [InlineData("group", 473 + 95)]
    [InlineData("class", 1_381)]
    public void Every_industry_of_a_level_is_there(string level, int count) =>
        Assert.Equal(count, Data.Industries.All.Count(industry => industry.Level == level));

    [Fact]
    public void An_industry_knows_where_it_belongs()
    {
        Assert.True(Data.Industries.TryGet("3973", out var chips));
        Assert.Equal(new Industry("3973", "class", "C", "39", "集成电路制造", "集成电路制造", true, true), chips);
        Assert.True(Data.Industries.TryGet("C", out var manufacturing));
        Assert.Equal(new Industry("C", "section", "C", "", "制造业", "Manufacturing", false, false), manufacturing);
        Assert.True(Data.Industries.TryGet("01", out var agriculture));
        Assert.Equal("Agriculture", agriculture.NameEn);
        Assert.False(Data.Industries.TryGet("1", out _));
    }

    [Fact]
    public void Electronics_and_communication_is_division_39()
    {
        var chinese = Data.Industries.All.Where(industry => IndustryScheme.Of(industry.Code) == IndustryScheme.GbT4754).ToList();
        Assert.All(chinese, industry => Assert.Equal(industry.Division == "39", industry.ElectronicsCommunication));
        Assert.Equal(46, chinese.Count(industry => industry.ElectronicsCommunication));
    }

    [Fact]
    public void High_technology_is_what_is_so_as_a_whole()
    {
        Assert.Equal(85, Data.Industries.All.Count(industry => industry is { Level: "class", HighTech: true }));
        Assert.True(Data.Industries.TryGet("27", out var medicine) && medicine.HighTech);
        Assert.True(Data.Industries.TryGet("26", out var chemicals) && !chemicals.HighTech);
    }

    [Fact]
    public void Hong_Kong_Macao_and_Taiwan_are_a_group_of_their_own()
    {
        Assert.True(Data.Economies.TryGet("TW", out var taiwan));
        Assert.Equal(new Economy("TW", "中国台湾", "Taiwan, China", "hk_mo_tw"), taiwan);
        Assert.Equal(
            ["HK", "MO", "TW"],
            Data.Economies.All.Where(economy => economy.FdiGroup == "hk_mo_tw").Select(economy => economy.Alpha2));
        Assert.Equal("CN", Assert.Single(Data.Economies.All, economy => economy.FdiGroup == "domestic").Alpha2);
        Assert.Equal(245, Data.Economies.All.Count(economy => economy.FdiGroup == "foreign"));
        Assert.False(Data.Economies.TryGet("XX", out _));
    }

    [Theory]
    [InlineData("CNY", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("AFN", 2)] // by custom without: ISO decides
    public void Currencies_have_the_minor_units_of_ISO(string code, int minorUnits)
    {
        Assert.True(Data.Currencies.TryGet(code, out var currency));
        Assert.Equal(minorUnits, currency.MinorUnits);
        Assert.Equal(179, Data.Currencies.All.Count);
    }

    [Fact]
    public void Loading_makes_little_more_than_what_it_keeps()
    {
        ReferenceData.Load();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReferenceData.Load();
        // It makes 30 MB, whatever the machine does besides; a table that is gone through again for each of its rows makes many times as much.
        const long Most = 60_000_000;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Most);
    }
}
