using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Placement;

namespace ClusterPulse.Enterprises;

/// <summary>One enterprise; its key is <c>{scheme}-{code}</c>.</summary>
[Alias("ClusterPulse.IEnterpriseGrain")]
public interface IEnterpriseGrain : IGrainWithStringKey
{
    /// <summary>Takes reports in order and answers once they are durable.</summary>
    [Alias("Report")]
    ValueTask<IngestAnswer> ReportAsync(string bureau, string submission, ImmutableArray<ReportRow> rows);

    /// <summary>Takes profiles in order and answers once they are durable.</summary>
    [Alias("Register")]
    ValueTask<IngestAnswer> RegisterAsync(ImmutableArray<ProfileRow> rows);

    /// <summary>Takes over the named fields of a profile (all where none is named) from its month on.</summary>
    /// <param name="profile">What to take over, and from which month on.</param>
    /// <param name="fields">Named fields; empty: all.</param>
    /// <param name="allowMissing">Register it if it is unknown.</param>
    /// <param name="expectedVersion">Only where the profile version is still this one; null: whatever it is.</param>
    /// <returns>Null where nothing was done: it is unknown and may not be added, or its version is another.</returns>
    [Alias("Update")]
    ValueTask<EnterpriseView?> UpdateAsync(Profile profile, ImmutableArray<string> fields, bool allowMissing, long? expectedVersion = null);

    /// <summary>Takes profiles and changes of some of their fields in order and answers once they are durable.</summary>
    [Alias("Apply")]
    ValueTask<IngestAnswer> ApplyAsync(ImmutableArray<ProfileChange> changes);

    /// <summary>All versions of the profile; null where it is not registered.</summary>
    [Alias("GetHistory"), SafeToRepeat]
    ValueTask<EnterpriseHistory?> GetHistoryAsync();

    /// <summary>Takes a report back.</summary>
    /// <returns>Its revision; 0 where there is none.</returns>
    [Alias("Withdraw")]
    ValueTask<int> WithdrawAsync(ReportKey key, string bureau, string reason);

    /// <summary>Takes back those of the reports whose newest revision a submission brought.</summary>
    /// <returns>How many of them are taken back now, by this call or one before.</returns>
    [Alias("WithdrawSubmitted")]
    ValueTask<int> WithdrawSubmittedAsync(ImmutableArray<ReportKey> keys, string bureau, string submission, string withdrawnBy, string reason);

    /// <summary>Judges lines that name a supplier by what the supplier is now.</summary>
    [Alias("Rejudge")]
    ValueTask RejudgeAsync(string supplier);

    /// <summary>What it is in a month, or newest; null where it is not registered then.</summary>
    [Alias("Get"), SafeToRepeat]
    ValueTask<EnterpriseView?> GetAsync(Month? period);
}

/// <summary>An enterprise as others see it.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseView")]
public sealed record EnterpriseView([property: Id(0)] string Id, [property: Id(1)] Profile Profile, [property: Id(2)] long ProfileVersion);

/// <summary>An enterprise through time: versions of its profile by the month they begin in.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseHistory")]
public sealed record EnterpriseHistory(
    [property: Id(0)] string Id, [property: Id(1)] ImmutableArray<Profile> Profiles, [property: Id(2)] long ProfileVersion);
