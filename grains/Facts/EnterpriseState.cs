using System.Collections.Immutable;

namespace ClusterPulse.Facts;

/// <summary>Everything that is stored about one enterprise: profiles and current reports. Immutable, so that a change that
/// fails to commit leaves no trace.</summary>
public sealed record EnterpriseState
{
    public required string Id { get; init; }

    /// <summary>Counts the commits that touched it; 0: unknown.</summary>
    public long Version { get; init; }

    /// <summary>Counts the commits that touched its profiles; 0: not registered.</summary>
    public long ProfileVersion { get; init; }

    /// <summary>By <see cref="Profile.ValidFrom"/>, ascending.</summary>
    public ImmutableArray<Profile> Profiles { get; init; } = [];

    public ReportSet Reports { get; init; } = ReportSet.Empty;

    /// <summary>An enterprise nobody has registered.</summary>
    public static EnterpriseState Unknown(string id) => new() { Id = id };

    /// <summary>What it was in a month; null before its first profile.</summary>
    public Profile? ProfileAt(Month period)
    {
        for (var i = Profiles.Length - 1; i >= 0; i--)
        {
            if (Profiles[i].ValidFrom <= period)
                return Profiles[i];
        }
        return null;
    }

    /// <summary>The report that counts for a key; null where none was made or it was withdrawn.</summary>
    public StoredReport? ReportAt(Feed feed, Month period) =>
        Reports.Find(feed, period) is { Withdrawn: false } report ? report : null;

    /// <summary>With a profile added, or put in the place of the one that began in the same month.</summary>
    public EnterpriseState WithProfile(Profile profile) => this with
    {
        Profiles = [.. Profiles.Where(p => p.ValidFrom != profile.ValidFrom).Append(profile).OrderBy(p => p.ValidFrom)],
    };

    public EnterpriseState WithReport(ReportKey key, StoredReport report) => this with { Reports = Reports.With(key, report) };
}
