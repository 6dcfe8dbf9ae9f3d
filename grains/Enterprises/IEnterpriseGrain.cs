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

    /// <summary>Takes the reports of a submission of one batch, and stores them with its answer.</summary>
    /// <returns>Null where nothing was stored: the submission is there already, the reports change nothing, or others came between.</returns>
    [Alias("ReportWhole")]
    ValueTask<BatchReceipt?> ReportWholeAsync(WholeSubmission submission);

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

    /// <summary>What <see cref="WithdrawWithinAsync"/> answers where a bureau counts that the caller's does not revise.</summary>
    const int AnotherBureauCounts = -1;

    /// <summary>Takes a report back.</summary>
    /// <returns>Its revision; 0 where there is none.</returns>
    [Alias("Withdraw")]
    ValueTask<int> WithdrawAsync(ReportKey key, string bureau, string reason);

    /// <summary>Takes back a report that the bureau sent, whether it counts or was set aside, or one that it could revise.</summary>
    /// <param name="key">The report.</param>
    /// <param name="bureau">Who takes it back.</param>
    /// <param name="divisions">Its divisions, joined by commas; null: all.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Its revision; 0 where there is none; <see cref="AnotherBureauCounts"/>.</returns>
    [Alias("WithdrawWithin")]
    ValueTask<int> WithdrawWithinAsync(ReportKey key, string bureau, string? divisions, string reason);

    /// <summary>Has a bureau's report count, whichever bureau is nearest, or ends that.</summary>
    /// <returns>What counts then; null where nothing does, or the bureau has no report that was not taken back.</returns>
    [Alias("Choose")]
    ValueTask<ChosenReport?> ChooseAsync(ReportKey key, ReportChoice choice);

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

/// <summary>The report that counts after a decision.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ChosenReport")]
public sealed record ChosenReport([property: Id(0)] int Revision, [property: Id(1)] ReportOrigin Origin);

/// <summary>An enterprise as others see it.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseView")]
public sealed record EnterpriseView([property: Id(0)] string Id, [property: Id(1)] Profile Profile, [property: Id(2)] long ProfileVersion);

/// <summary>An enterprise through time: versions of its profile by the month they begin in.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseHistory")]
public sealed record EnterpriseHistory(
    [property: Id(0)] string Id, [property: Id(1)] ImmutableArray<Profile> Profiles, [property: Id(2)] long ProfileVersion);
