using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Placement;

namespace ClusterPulse.Ingest;

/// <summary>A silo's door for rows: one call per silo and batch. Its key is the silo's address, where it is placed.</summary>
[Alias("ClusterPulse.IIngestPort")]
public interface IIngestPort : IGrainWithStringKey
{
    /// <summary>Gives reports to their enterprises and answers once all of them are durable.</summary>
    /// <exception cref="StoreUnavailableException">Some may not be stored; sending all again is safe.</exception>
    [Alias("SubmitReports")]
    Task<IngestAnswer> SubmitReportsAsync(ReportBatch batch);

    /// <summary>Gives a submission of one batch to its enterprise, which stores it with its answer.</summary>
    /// <returns>Null where nothing was stored: it is there already, or changes nothing; it has to be looked at step by step.</returns>
    /// <exception cref="StoreUnavailableException">It may not be stored; sending it again is safe.</exception>
    [Alias("SubmitWhole")]
    Task<BatchReceipt?> SubmitWholeAsync(WholeSubmission submission);

    /// <summary>Gives profiles to their enterprises and answers once all of them are durable.</summary>
    /// <exception cref="StoreUnavailableException">Some may not be stored; sending all again is safe.</exception>
    [Alias("SubmitProfiles")]
    Task<IngestAnswer> SubmitProfilesAsync(ImmutableArray<ProfileRow> rows);

    /// <summary>Gives profiles and changes of profiles to their enterprises and answers once all of them are durable.</summary>
    /// <exception cref="StoreUnavailableException">Some may not be stored; sending all again is safe.</exception>
    [Alias("SubmitChanges")]
    Task<IngestAnswer> SubmitChangesAsync(ImmutableArray<ProfileChange> changes);
}

/// <summary>A submission: which rows are durable. Its key is <c>bureau/submission</c>.</summary>
[Alias("ClusterPulse.ISubmissionGrain")]
public interface ISubmissionGrain : IGrainWithStringKey
{
    /// <summary>Creates it, or gives the one that is there.</summary>
    [Alias("Create"), SafeToRepeat]
    Task<Submission> CreateAsync(string? sha256);

    /// <summary>Null where there is none.</summary>
    [Alias("Get"), SafeToRepeat]
    Task<Submission?> GetAsync();

    /// <summary>The stored answer to the batch that began at an offset; null where none did.</summary>
    [Alias("FindReceipt"), SafeToRepeat]
    Task<BatchReceipt?> FindReceiptAsync(long offset);

    /// <summary>Makes a batch's answer durable and moves the offset. A second call for the same offset gives the first answer.</summary>
    [Alias("Record"), SafeToRepeat]
    Task<BatchReceipt> RecordAsync(BatchReceipt receipt);

    /// <summary>No more rows.</summary>
    [Alias("Finalize"), SafeToRepeat]
    Task<Submission> FinalizeAsync();

    /// <summary>Begins to take back what it brought, does a first part of that, and tells how far it has come.</summary>
    [Alias("Withdraw"), SafeToRepeat]
    Task<Submission> WithdrawAsync(string by, string reason);

    /// <summary>Does a further part of a withdrawal that is under way.</summary>
    /// <returns>Null where there is no such submission.</returns>
    [Alias("ContinueWithdrawal"), SafeToRepeat]
    Task<Submission?> ContinueWithdrawalAsync();

    /// <summary>Rows of it were stored that nobody acknowledged: where it is withdrawn by now, they are taken back too.</summary>
    [Alias("RestartWithdrawal"), SafeToRepeat]
    Task RestartWithdrawalAsync();
}
