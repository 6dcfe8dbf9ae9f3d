using System.Collections.Immutable;
using ClusterPulse.Policies;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Thresholds are inherited down the tree.</summary>
public sealed class AlertPolicyTests(LoadedReference reference)
{
    private const string Policy = AlertPolicyCatalogue.LocalLinkageLow;

    [Fact]
    public void Without_a_decision_the_default_holds()
    {
        Assert.Equal(new(0.10, "default"), Effective("320583"));
        Assert.Equal(new(0.10, "default"), AlertPolicyCatalogue.Effective(Policy, null, SharedTables.Empty));
    }

    [Fact]
    public void The_nearest_decision_above_holds()
    {
        Assert.Equal(new(0.2, "CN"), Effective("320583", ("CN", 0.2)));
        Assert.Equal(new(0.3, "32"), Effective("320583", ("CN", 0.2), ("32", 0.3)));
        Assert.Equal(new(0.05, "320583"), Effective("320583", ("CN", 0.2), ("32", 0.3), ("320583", 0.05)));
        Assert.Equal(new(0.2, "CN"), Effective("330300", ("CN", 0.2), ("32", 0.3)));
    }

    [Fact]
    public void A_decision_does_not_hold_upward_or_for_other_policies()
    {
        Assert.Equal(new(0.10, "default"), Effective("32", ("3205", 0.3)));
        var tables = Tables(("32", 0.3));
        Assert.Equal(new(0.25, "default"), AlertPolicyCatalogue.Effective(AlertPolicyCatalogue.FdiConcentrated, reference.Region("3205"), tables));
        Assert.Throws<ArgumentException>(() => AlertPolicyCatalogue.Effective("no-such-policy", null, tables));
    }

    private EffectiveThreshold Effective(string region, params (string Region, double Value)[] own) =>
        AlertPolicyCatalogue.Effective(Policy, reference.Data.Regions.TryGet(region, out var found) ? found : reference.Region(region[..4]), Tables(own));

    private static SharedTables Tables(params (string Region, double Value)[] own) =>
        SharedTables.Empty with { Thresholds = own.ToImmutableDictionary(o => (o.Region, Policy), o => o.Value) };
}
