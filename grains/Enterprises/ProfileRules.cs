using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Enterprises;

/// <summary>Fields of a profile that an update may name. Pure.</summary>
public static class ProfileRules
{
    public static ImmutableArray<string> Fields { get; } =
    [
        "region", "estate", "industry", "ownership", "investor_economy", "hi_tech", "closed", "display_name", "controlling_enterprise",
    ];

    /// <summary>The profile that holds in the update's month with the named fields taken over; all where none is named or
    /// nothing held yet.</summary>
    public static Profile Merge(Profile? held, Profile update, ImmutableArray<string> fields)
    {
        if (held is null || fields.IsEmpty)
            return update;
        var merged = held with { ValidFrom = update.ValidFrom };
        foreach (var field in fields)
        {
            merged = field switch
            {
                "region" => merged with { Region = update.Region },
                "estate" => merged with { Estate = update.Estate },
                "industry" => merged with { Industry = update.Industry },
                "ownership" => merged with { Ownership = update.Ownership },
                "investor_economy" => merged with { InvestorEconomy = update.InvestorEconomy },
                "hi_tech" => merged with { HiTech = update.HiTech },
                "closed" => merged with { Closed = update.Closed },
                "display_name" => merged with { NameZh = update.NameZh, NameEn = update.NameEn },
                "controlling_enterprise" => merged with { Controlling = update.Controlling },
                _ => merged,
            };
        }
        return merged;
    }

    /// <summary>Whether the profile is what is stored for its month already.</summary>
    public static bool IsStored(EnterpriseState state, Profile profile) => state.Profiles.Contains(profile);
}
