using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Enterprises;

/// <summary>A sender writes about enterprises of its divisions alone. Only the enterprise knows for sure where it lies in a month, so the
/// sender's divisions travel with the row. Of several senders the nearest counts: its standing is the level of its deepest division
/// that the enterprise lies in, nation 1 to town 5, and 0 for a sender of all divisions. Pure.</summary>
public static class DivisionRule
{
    /// <summary>Why a row is rejected; null where it is not.</summary>
    /// <param name="divisions">The sender's, joined by commas; null: all.</param>
    /// <param name="profile">What the enterprise is in the row's month; null where it is nothing yet.</param>
    /// <param name="geography">Where regions lie.</param>
    public static Violation? Violation(string? divisions, Profile? profile, IGeography geography) => Violation(divisions, profile, geography, out _);

    /// <inheritdoc cref="Violation(string?, Profile?, IGeography)"/>
    /// <param name="divisions">The sender's, joined by commas; null: all.</param>
    /// <param name="profile">What the enterprise is in the row's month; null where it is nothing yet.</param>
    /// <param name="geography">Where regions lie.</param>
    /// <param name="standing">How near the sender is, where the row is not rejected.</param>
    public static Violation? Violation(string? divisions, Profile? profile, IGeography geography, out int standing)
    {
        standing = 0;
        if (divisions is null || profile is null)
            return null;
        // From the region up: what is met first lies deepest.
        foreach (var place in geography.Path(Places.Region(profile.Region)))
        {
            foreach (var division in divisions.AsSpan().Split(','))
            {
                if (Places.Code(place).AsSpan().SequenceEqual(divisions.AsSpan()[division]))
                {
                    standing = geography.Level(Places.Code(place));
                    return null;
                }
            }
        }
        return new("enterprise", profile.Region, Reasons.NotYourDivision, divisions);
    }
}
