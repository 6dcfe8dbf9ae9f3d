using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Policies;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>What a rival set must be, and which field is told where it is not.</summary>
public sealed class RivalRulesTests(LoadedReference reference)
{
    private static readonly RivalSet Good = new() { Id = "it", Regions = ["3205", "4419"], Sources = ["TW"], Industries = ["39", "391", "3911"] };

    [Fact]
    public void A_good_set_has_nothing_wrong_whatever_the_levels_of_its_regions()
    {
        Assert.Empty(Check(Good));
        Assert.Empty(Check(Good with { Regions = ["320583", "44"] }));
        Assert.Empty(Check(Good with { Sources = [], Industries = [] }));
        Assert.Empty(Check(Good, Good with { Regions = ["3205", "3303"] }));
    }

    [Fact]
    public void Each_field_that_is_wrong_is_told()
    {
        Assert.Equal([("regions", Reasons.TooFewRivals)], Check(Good with { Regions = ["3205"] }));
        Assert.Equal([("regions[1]", Reasons.UnknownRegion)], Check(Good with { Regions = ["3205", "9999"] }));
        Assert.Equal([("regions[1]", Reasons.RivalWithin)], Check(Good with { Regions = ["3205", "320583"] }));
        Assert.Equal([("regions[1]", Reasons.RivalWithin)], Check(Good with { Regions = ["3205", "32"] }));
        Assert.Equal([("regions[1]", Reasons.RivalWithin)], Check(Good with { Regions = ["3205", "3205"] }));
        Assert.Equal([("regions[0]", Reasons.RivalElsewhere)], Check(Good with { Regions = ["CN", "X"] }).Take(1));
        Assert.Equal([("regions[1]", Reasons.RivalTaken)], Check(Good, Good with { Id = "other", Regions = ["4419", "3303"] }));
        Assert.Equal(
            [("sources[0]", Reasons.UnknownEconomy), ("industries[1]", Reasons.UnknownIndustry)],
            Check(Good with { Sources = ["XX1"], Industries = ["39", "C"] }));
        Assert.Equal([("display_name", Reasons.TooLong)], Check(Good with { NameZh = new('苏', RivalRules.LongestName + 1) }));
        Assert.Equal(
            [("industries", Reasons.TooMany)],
            Check(Good with { Industries = [.. Enumerable.Range(13, RivalSet.MostWatched + 1).Select(i => $"{i}")] }));
    }

    [Theory]
    [InlineData("taiwan-it", true)]
    [InlineData("", false)]
    [InlineData("Taiwan", false)]
    public void An_id_is_short_and_plain(string id, bool good) => Assert.Equal(good, RivalRules.IsId(id));

    [Fact]
    public void A_region_that_is_stored_in_two_sets_is_in_the_first()
    {
        var sets = RivalSet.ByRegion([Good with { Id = "b" }, Good with { Id = "a", Regions = ["4419", "3303"] }]);

        Assert.Equal(["b", "a", "a"], new[] { "3205", "4419", "3303" }.Select(r => sets[r].Id));
    }

    private IEnumerable<(string, string)> Check(RivalSet set, params RivalSet[] others) =>
        RivalRules.Check(set, others, reference.Data).Select(v => (v.Field, v.Reason));
}
