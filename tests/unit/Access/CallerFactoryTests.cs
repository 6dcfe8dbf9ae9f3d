using ClusterPulse.Access;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Access;

/// <summary>What configuration and tokens make of a principal.</summary>
public sealed class CallerFactoryTests(LoadedReference reference)
{
    private CallerFactory Factory => new(reference.Data);

    [Fact]
    public void A_bureau_has_its_divisions_and_feeds_and_nothing_else()
    {
        var caller = Factory.Create(new() { Id = "suzhou", Roles = Roles.Bureau, Bureau = "3205", Divisions = { "3205" }, Feeds = { "output" } }, [])!;

        Assert.True(caller.Covers(reference.Region("320583")));
        Assert.False(caller.Covers(reference.Region("32")));
        Assert.False(caller.Covers(reference.Region("3201")));
        Assert.Equal((true, false), (caller.MaySend(Feed.Output), caller.MaySend(Feed.Fdi)));
        Assert.Equal((true, false), (caller.IsBureau("3205"), caller.IsBureau("3201")));
        Assert.Equal(SightLevel.Aggregate, caller.Level);
    }

    [Theory]
    [InlineData(Roles.None, null, "32", "output", "Roles")]
    [InlineData((Roles)64, null, "32", "output", "Roles")]
    [InlineData(Roles.Bureau, null, "32", "output", "Bureau")]
    [InlineData(Roles.Viewer, "3205", "32", "output", "Bureau")]
    [InlineData(Roles.Centre, null, "99", "output", "Divisions")]
    [InlineData(Roles.Viewer, null, null, "output", "Divisions")]
    [InlineData(Roles.Bureau, "3205", "3205", "sales", "Feeds")]
    [InlineData(Roles.Bureau, "3205", "3205", null, "Feeds")]
    public void A_principal_that_is_not_said_in_full_is_none(Roles roles, string? bureau, string? division, string? feed, string field)
    {
        var principal = new PrincipalOptions { Id = "x", Roles = roles, Bureau = bureau };
        if (division is not null)
            principal.Divisions.Add(division);
        if (feed is not null)
            principal.Feeds.Add(feed);
        var wrong = new List<string>();

        Assert.Null(Factory.Create(principal, wrong));
        Assert.StartsWith($"Access:Principals 'x': {field} is ", Assert.Single(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_say_the_same_and_numbers_are_no_roles()
    {
        var claims = new Dictionary<string, string>
        {
            ["clusterpulse_role"] = "viewer centre", ["clusterpulse_division"] = "32,33", ["clusterpulse_level"] = "enterprise",
        };
        IEnumerable<string> Of(string claim) => claims.TryGetValue(claim, out var value) ? [value] : [];

        var caller = Factory.Create("ann", Of)!;

        Assert.Equal((Roles.Viewer | Roles.Centre, SightLevel.Enterprise), (caller.Roles, caller.Level));
        Assert.Equal("32, 33", caller.DivisionWords);
        claims["clusterpulse_role"] = "31";
        Assert.Null(Factory.Create("ann", Of));
        claims["clusterpulse_role"] = "king";
        Assert.Null(Factory.Create("ann", Of));
        Assert.Null(Factory.Create("ann", _ => []));
    }
}
