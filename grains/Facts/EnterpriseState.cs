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

    /// <summary>Reports that do not count, by bureau and revision for each key. Hardly any enterprise has some.</summary>
    public ImmutableArray<AsideReport> Asides { get; init; } = [];

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

    /// <summary>A bureau's last report for a key that does not count; null where it has none.</summary>
    public AsideReport? LastAside(ReportKey key, string bureau)
    {
        AsideReport? last = null;
        foreach (var aside in Asides)
        {
            if (aside.Key == key && aside.Origin.Bureau == bureau && aside.Revision > (last?.Revision ?? 0))
                last = aside;
        }
        return last;
    }

    public EnterpriseState WithAside(AsideWrite write)
    {
        var asides = ImmutableArray.CreateBuilder<AsideReport>(Asides.Length + 1);
        foreach (var aside in Asides)
        {
            asides.Add(aside.Key != write.Key || aside.Origin.Bureau != write.Bureau ? aside : write switch
            {
                AsideWithdrawn w when w.Submission is { } submission && submission != aside.Origin.Submission => aside,
                AsideWithdrawn => aside with { Replaced = true, Withdrawn = true },
                _ => aside with { Replaced = true },
            });
        }
        if (write is AsideAdded added)
            asides.Add(added.Report);
        return this with { Asides = asides.ToImmutable() };
    }

    public EnterpriseState WithReport(ReportKey key, StoredReport report) => this with { Reports = Reports.With(key, report) };
}
