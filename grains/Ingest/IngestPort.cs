using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Placement;
using Orleans.Concurrency;

namespace ClusterPulse.Ingest;

/// <summary>Spreads a batch over the silo's enterprises. Rows of one enterprise keep their order.</summary>
[Reentrant]
[GrainType("ingest-port")]
[SiloKeyedPlacement]
public sealed class IngestPort(EnterpriseReferences enterprises, SiloMap map, Lifeline lifeline) : Grain, IIngestPort
{
    public Task<IngestAnswer> SubmitReportsAsync(ReportBatch batch) => SpreadAsync(
        batch.Rows, row => row.Enterprise, (enterprise, rows) => enterprise.ReportAsync(batch.Bureau, batch.Submission, rows));

    public async Task<BatchReceipt?> SubmitWholeAsync(WholeSubmission submission)
    {
        ThrowIfDraining();
        var receipt = await enterprises.Of(submission.Rows[0].Enterprise).ReportWholeAsync(submission);
        lifeline.ThrowIfSilent();
        return receipt;
    }

    public Task<IngestAnswer> SubmitProfilesAsync(ImmutableArray<ProfileRow> rows) =>
        SpreadAsync(rows, row => row.Enterprise, (enterprise, own) => enterprise.RegisterAsync(own));

    public Task<IngestAnswer> SubmitChangesAsync(ImmutableArray<ProfileChange> changes) =>
        SpreadAsync(changes, change => change.Row.Enterprise, (enterprise, own) => enterprise.ApplyAsync(own));

    private async Task<IngestAnswer> SpreadAsync<TRow>(
        ImmutableArray<TRow> rows, Func<TRow, string> enterpriseOf, Func<IEnterpriseGrain, ImmutableArray<TRow>, ValueTask<IngestAnswer>> call)
    {
        ThrowIfDraining();
        var byEnterprise = new Dictionary<string, ImmutableArray<TRow>.Builder>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(byEnterprise, enterpriseOf(row), out _);
            own ??= ImmutableArray.CreateBuilder<TRow>();
            own.Add(row);
        }
        var calls = new List<Task<IngestAnswer>>(byEnterprise.Count);
        foreach (var (enterprise, own) in byEnterprise)
            calls.Add(call(enterprises.Of(enterprise), own.DrainToImmutable()).AsTask());
        var answer = new AnswerBuilder();
        foreach (var part in await Task.WhenAll(calls))
            answer.Add(part);
        // What follows from memory alone, such as "duplicate", must not be said by a silo that others have replaced.
        lifeline.ThrowIfSilent();
        return answer.ToAnswer();
    }

    private void ThrowIfDraining()
    {
        if (map.IsDraining)
            throw new StoreUnavailableException("this silo is stopping");
    }
}
