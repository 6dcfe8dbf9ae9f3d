using System.Collections.Immutable;
using ClusterPulse.Facts;
using Orleans.Concurrency;

namespace ClusterPulse.Ingest;

/// <summary>See <see cref="IRecordsGrain"/>.</summary>
[StatelessWorker]
[GrainType("records")]
public sealed class RecordsGrain(IFactStore store) : Grain, IRecordsGrain
{
    public async Task<ImmutableArray<Submission>> ListSubmissionsAsync(SubmissionQuery query) =>
        [.. await store.ListSubmissionsAsync(query, CancellationToken.None)];

    public async Task<ImmutableArray<SubmissionReceipt>> ListReceiptsAsync(ReceiptQuery query) =>
        [.. await store.ListReceiptsAsync(query, CancellationToken.None)];

    public async Task<ImmutableArray<ReportRecord>> ListReportsAsync(ReportQuery query) =>
        [.. await store.ListReportsAsync(query, CancellationToken.None)];
}
