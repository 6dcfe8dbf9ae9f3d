using System.Collections.Immutable;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Enterprises;

public sealed class ProfileRulesTests
{
    private static readonly Profile First = new() { ValidFrom = new(2003, 1), Region = "320583", Industry = "391", Ownership = Ownership.Foreign };

    [Fact]
    public void A_backdated_correction_reaches_later_versions_that_only_repeat_what_was_wrong()
    {
        var later = First with { ValidFrom = new(2004, 6), Ownership = Ownership.Hmt };

        var changed = Change([First, later], First with { ValidFrom = new(2004, 3), Region = "320505" }, "region");

        Assert.Equal([("2004-03", "320505", Ownership.Foreign), ("2004-06", "320505", Ownership.Hmt)], Of(changed));
    }

    [Fact]
    public void A_backdated_correction_ends_where_the_field_changed_again()
    {
        var moved = First with { ValidFrom = new(2004, 6), Region = "320581" };

        var changed = Change([First, moved, moved with { ValidFrom = new(2004, 9), Region = "320583" }], First with { ValidFrom = new(2004, 3), Region = "320505" }, "region");

        Assert.Equal([("2004-03", "320505", Ownership.Foreign)], Of(changed));
    }

    [Fact]
    public void A_whole_profile_changes_its_own_month_alone()
    {
        var later = First with { ValidFrom = new(2004, 6), Ownership = Ownership.Hmt };

        Assert.Equal([("2004-03", "320505", Ownership.Foreign)], Of(Change([First, later], First with { ValidFrom = new(2004, 3), Region = "320505" })));
    }

    [Fact]
    public void What_is_stored_already_changes_nothing() => Assert.Empty(Change([First], First with { Industry = "17" }, "region"));

    [Fact]
    public void A_merger_closes_with_its_successor_from_the_month_on()
    {
        var closed = Assert.Single(Change([First], First with { ValidFrom = new(2004, 6), Closed = true, Successor = "org-B2" }, "closed", "successor"));

        Assert.Equal((new Month(2004, 6), true, "org-B2", "320583"), (closed.ValidFrom, closed.Closed, closed.Successor, closed.Region));
    }

    [Fact]
    public void One_that_opens_again_is_nobodys_predecessor()
    {
        var merged = First with { ValidFrom = new(2004, 6), Closed = true, Successor = "org-B2" };

        var open = Assert.Single(Change([First, merged], First with { ValidFrom = new(2004, 9), Closed = false }, "closed"));

        Assert.Equal((false, null), (open.Closed, open.Successor));
    }

    private static ImmutableArray<Profile> Change(Profile[] held, Profile update, params string[] fields) =>
        ProfileRules.Change(new() { Id = "org-A1", Profiles = [.. held] }, update, [.. fields]);

    private static IEnumerable<(string, string, Ownership)> Of(IEnumerable<Profile> profiles) =>
        profiles.Select(p => (p.ValidFrom.ToString(), p.Region, p.Ownership));
}
