using ClusterPulse.Facts;
using ClusterPulse.Gateway.Registry;
using ClusterPulse.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class RegionHistoryTests(LoadedReference reference)
{
    private RegionTree Tree => reference.Data.Regions;

    [Theory]
    [InlineData("320502", "320508", "Canglang became Gusu")]
    [InlineData("320503", "320508", "Pingjiang became Gusu")]
    [InlineData("320504", "320508", "Jinchang became Gusu")]
    [InlineData("320584", "320509", "Wujiang became a district")]
    [InlineData("IT104", "IT090", "a country pack has its own")]
    public void A_code_that_was_merged_stands_for_what_came_in_its_place(string code, string successor, string why)
    {
        var match = Tree.History.Find(code);

        Assert.True(match.Region?.Code == successor, why);
        Assert.Equal(code, match.Former?.Code);
        Assert.False(match.IsDivided);
    }

    [Fact]
    public void A_code_of_today_is_itself()
    {
        var match = Tree.History.Find("320508");

        Assert.Equal(("320508", null), (match.Region?.Code, match.Former));
    }

    [Fact]
    public void A_region_that_was_divided_does_not_tell_where_its_firms_are()
    {
        var match = Tree.History.Find("320586");

        Assert.True(match.IsDivided);
        Assert.Equal(["320506", "320507"], match.Successors.Select(r => r.Code));
    }

    [Fact]
    public void A_code_that_never_was_is_nothing() => Assert.True(Tree.History.Find("320599").Successors.IsDefaultOrEmpty);

    [Fact]
    public void A_former_code_ends_in_the_tree_and_beside_those_of_its_level()
    {
        Assert.NotEmpty(Tree.History.All);
        foreach (var former in Tree.History.All)
        {
            var successors = Tree.History.Find(former.Code).Successors;
            Assert.All(successors, s => Assert.True(Tree.TryGet(s.Code, out _)));
            // Counties of a division that became others stay in their prefecture or province.
            Assert.All(successors, s => Assert.Equal(former.Code[..2], s.Code[..2]));
        }
    }

    [Theory]
    [InlineData("2004-10", true)]
    [InlineData("2011-12", true)]
    [InlineData("2012-01", false)]
    public void The_tree_of_a_month_has_the_codes_of_that_month(string month, bool before)
    {
        var codes = RegionMessages.Children(Tree, "3205", Month.Parse(month)).Select(r => r.Name).ToHashSet();

        Assert.Equal(before, codes.Contains("regions/320502"));
        Assert.Equal(before, codes.Contains("regions/320584"));
        Assert.Equal(!before, codes.Contains("regions/320508"));
        Assert.Contains("regions/320583", codes);
    }

    [Fact]
    public void The_tree_of_a_month_tells_what_came_in_the_place_of_a_code()
    {
        var canglang = RegionMessages.Children(Tree, "3205", new Month(2004, 10)).Single(r => r.Name == "regions/320502");

        Assert.Equal(("沧浪区", "2011-12", "regions/320508"), (canglang.DisplayName.Zh, canglang.ValidTo, canglang.Successors.Single()));
    }

    [Fact]
    public void The_tree_of_today_has_no_former_codes() =>
        Assert.All(RegionMessages.Children(Tree, "3205", null), r => Assert.True(Tree.TryGet(r.Name["regions/".Length..], out _)));
}
