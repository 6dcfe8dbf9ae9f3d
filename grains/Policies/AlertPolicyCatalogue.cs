using ClusterPulse.Reference;
using ClusterPulse.Registry;

namespace ClusterPulse.Policies;

/// <summary>A threshold and the region whose decision it is, or <see cref="AlertPolicyCatalogue.DefaultOrigin"/>.</summary>
public readonly record struct EffectiveThreshold(double Value, string Origin);

/// <summary>Alert policies: a default each, which a region may replace for itself and everything below it.</summary>
public static class AlertPolicyCatalogue
{
    public const string DefaultOrigin = "default";

    public const string LocalLinkageLow = "local-linkage-low";
    public const string LocalSourcingLow = "local-sourcing-low";
    public const string EmbeddednessLow = "embeddedness-low";
    public const string LinksDying = "links-dying";
    public const string LocalLinkageFalling3 = "local-linkage-falling-3";
    public const string LocalLinkageFalling12 = "local-linkage-falling-12";
    public const string StageFellBack = "stage-fell-back";
    public const string FdiConcentrated = "fdi-concentrated";
    public const string FdiConcentrationRise = "fdi-concentration-rise";
    public const string FdiConcentrationAboveParent = "fdi-concentration-above-parent";
    public const string FdiTopSourceDominant = "fdi-top-source-dominant";
    public const string FdiShareLost = "fdi-share-lost";

    /// <summary>Periods running in which a share fell, from which on the loss is no accident.</summary>
    public const string FdiShareLosingPeriods = "fdi-share-losing-periods";

    public const string OutputFalling = "output-falling";
    public const string ExportsFalling = "exports-falling";
    public const string EmploymentFalling = "employment-falling";
    public const string GrowthVolatile = "growth-volatile";
    public const string PrivateSectorLagging = "private-sector-lagging";
    public const string DeathsAboveBirths = "deaths-above-births";

    /// <summary>Least number of foreign-funded enterprises for which their links, or the absence of links, mean something.</summary>
    public const string EstateWithoutLinkage = "estate-without-linkage";

    /// <summary>Policies and their defaults.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> All { get; } =
    [
        new(LocalLinkageLow, 0.10),
        new(LocalSourcingLow, 0.10),
        new(EmbeddednessLow, 0.15),
        new(LinksDying, 0.7),
        new(LocalLinkageFalling3, -0.02),
        new(LocalLinkageFalling12, -0.05),
        new(StageFellBack, -1),
        new(FdiConcentrated, 0.25),
        new(FdiConcentrationRise, 0.05),
        new(FdiConcentrationAboveParent, 0.10),
        new(FdiTopSourceDominant, 0.5),
        new(FdiShareLost, -0.02),
        new(FdiShareLosingPeriods, 2),
        new(OutputFalling, -0.05),
        new(ExportsFalling, -0.10),
        new(EmploymentFalling, -0.05),
        new(GrowthVolatile, 0.15),
        new(PrivateSectorLagging, -0.10),
        new(DeathsAboveBirths, 0.05),
        new(EstateWithoutLinkage, 10),
    ];

    /// <summary>Whether there is a policy of that name.</summary>
    public static bool Knows(string policy) => All.Any(p => p.Key == policy);

    /// <summary>The threshold that holds in a region: its own, else that of the nearest region above that has one, else the
    /// default. An estate takes that of the region it lies in.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public static EffectiveThreshold Effective(string policy, Region? region, SharedTables tables)
    {
        if (!Knows(policy))
            throw new ArgumentException($"there is no alert policy '{policy}'", nameof(policy));
        foreach (var above in region?.Path ?? [])
        {
            if (tables.Thresholds.TryGetValue((above.Code, policy), out var own))
                return new(own, above.Code);
        }
        return new(All.First(p => p.Key == policy).Value, DefaultOrigin);
    }
}
