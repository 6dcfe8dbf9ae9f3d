using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using Xunit;

namespace ClusterPulse.UnitTests.Maintenance;

public sealed class ObligationBookTests
{
    private const string Firm = "org-A1";

    private static readonly Month October = new(2026, 10);

    private static readonly Profile Profile = new()
    {
        ValidFrom = new(2003, 1), Region = "320583", Industry = "391", Ownership = Ownership.Foreign, Size = EnterpriseSize.Large,
    };

    [Fact]
    public void Without_rules_it_owes_what_it_has_reported()
    {
        Assert.Equal(new(true, null), Ground(reported: true));
        Assert.Equal(new(false, null), Ground(reported: false));
    }

    [Fact]
    public void Whoever_is_closed_owes_nothing() =>
        Assert.False(new ObligationBook([Rule("all")], IsIn).Of(Firm, Profile with { Closed = true }, Feed.Output, October, true).Owes);

    [Fact]
    public void A_rule_obliges_whoever_has_never_reported() => Assert.Equal(new(true, "all"), Ground(false, Rule("all")));

    [Fact]
    public void All_conditions_of_a_rule_must_hold()
    {
        var rule = Rule("large") with
        {
            Regions = ["3205"], Industries = ["39"], Ownerships = [Ownership.Foreign], Sizes = [EnterpriseSize.Large], ValidFrom = October, ValidTo = October,
        };
        Assert.True(Ground(false, rule).Owes);
        foreach (var other in new[]
        {
            rule with { Regions = ["3206"] }, rule with { Industries = ["38"] }, rule with { Ownerships = [Ownership.State] },
            rule with { Sizes = [EnterpriseSize.Small] }, rule with { ValidFrom = October + 1, ValidTo = null }, rule with { ValidTo = October - 1, ValidFrom = null },
            rule with { Feeds = [Feed.Export] }, rule with { Enterprises = ["org-B2"] },
        })
        {
            Assert.False(Ground(false, other).Owes, other.ToString());
        }
    }

    [Fact]
    public void Who_is_exempt_owes_nothing_though_another_rule_obliges() =>
        Assert.Equal(new(false, "spared"), Ground(true, Rule("all"), Rule("spared") with { Exempt = true, Industries = ["391"] }));

    [Fact]
    public void A_rule_that_names_the_enterprise_goes_before_all_others() =>
        Assert.Equal(new(true, "named"), Ground(false, Rule("spared") with { Exempt = true }, Rule("named") with { Enterprises = [Firm] }));

    private static ObligationGround Ground(bool reported, params ObligationRule[] rules) =>
        new ObligationBook(rules, IsIn).Of(Firm, Profile, Feed.Output, October, reported);

    private static ObligationRule Rule(string id) => new() { Id = id, Feeds = [Feed.Output] };

    private static bool IsIn(string region, string ancestor) => region.StartsWith(ancestor, StringComparison.Ordinal);
}
