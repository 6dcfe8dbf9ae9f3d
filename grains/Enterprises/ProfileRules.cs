using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Enterprises;

/// <summary>Fields of a profile that an update may name. Pure.</summary>
public static class ProfileRules
{
    public static ImmutableArray<string> Fields { get; } =
    [
        "region", "estate", "industry", "ownership", "investor_economy", "hi_tech", "closed", "display_name", "controlling_enterprise",
        "size", "successor",
    ];

    /// <summary>The profile that holds in the update's month with the named fields taken over; all where none is named or
    /// nothing held yet.</summary>
    public static Profile Merge(Profile? held, Profile update, ImmutableArray<string> fields)
    {
        if (held is null || fields.IsEmpty)
            return update;
        var merged = held with { ValidFrom = update.ValidFrom };
        foreach (var field in fields)
            merged = Take(merged, update, field);
        // One that opens again is nobody's predecessor.
        return merged.Closed ? merged : merged with { Successor = null };
    }

    /// <summary>
    /// The versions that change when fields are taken over from a month on: that of the month, and later ones. A correction of what was
    /// wrong since then reaches the versions that only repeat it, field by field, up to the first that says something else: there a
    /// later change of the same field begins.
    /// </summary>
    /// <returns>What to store, oldest first; empty where all of it is stored already.</returns>
    public static ImmutableArray<Profile> Change(EnterpriseState state, Profile update, ImmutableArray<string> fields)
    {
        var held = state.ProfileAt(update.ValidFrom);
        var changed = ImmutableArray.CreateBuilder<Profile>();
        Add(Merge(held, update, fields));
        if (held is not null && !fields.IsEmpty)
        {
            var carried = fields.ToList();
            foreach (var later in state.Profiles)
            {
                if (later.ValidFrom <= update.ValidFrom)
                    continue;
                carried.RemoveAll(field => Take(later, held, field) != later);
                if (carried.Count == 0)
                    break;
                Add(Merge(later, update with { ValidFrom = later.ValidFrom }, [.. carried]));
            }
        }
        return changed.ToImmutable();

        void Add(Profile profile)
        {
            if (!IsStored(state, profile))
                changed.Add(profile);
        }
    }

    private static Profile Take(Profile into, Profile from, string field) => field switch
    {
        "region" => into with { Region = from.Region },
        "estate" => into with { Estate = from.Estate },
        "industry" => into with { Industry = from.Industry },
        "ownership" => into with { Ownership = from.Ownership },
        "investor_economy" => into with { InvestorEconomy = from.InvestorEconomy },
        "hi_tech" => into with { HiTech = from.HiTech },
        "closed" => into with { Closed = from.Closed },
        "display_name" => into with { NameZh = from.NameZh, NameEn = from.NameEn },
        "controlling_enterprise" => into with { Controlling = from.Controlling },
        "size" => into with { Size = from.Size },
        "successor" => into with { Successor = from.Successor },
        _ => into,
    };

    /// <summary>Whether the profile is what is stored for its month already.</summary>
    public static bool IsStored(EnterpriseState state, Profile profile) => state.Profiles.Contains(profile);
}
