using ClusterPulse.Facts;

namespace ClusterPulse.Ingest;

/// <summary>A submission. The store decides on offsets; the grain spares the reading.</summary>
[GrainType("submission")]
public sealed class SubmissionGrain(IFactStore store, Committer committer, PulseMetrics metrics) : Grain, ISubmissionGrain
{
    private Submission? _submission;

    private (string Bureau, string Id) Key
    {
        get
        {
            var key = this.GetPrimaryKeyString();
            var at = key.IndexOf('/', StringComparison.Ordinal);
            return (key[..at], key[(at + 1)..]);
        }
    }

    public async Task<Submission> CreateAsync(string? sha256)
    {
        if (await GetAsync() is { } there)
            return there;
        await committer.CommitAsync(new SubmissionCreated(Key.Bureau, Key.Id, sha256));
        return await GetAsync() ?? throw new InvalidOperationException("a submission that was stored is not there");
    }

    public async Task<Submission?> GetAsync() =>
        _submission ??= await store.FindSubmissionAsync(Key.Bureau, Key.Id, CancellationToken.None);

    public async Task<BatchReceipt?> FindReceiptAsync(long offset) =>
        await store.FindReceiptAsync(Key.Bureau, Key.Id, offset, CancellationToken.None);

    public async Task<BatchReceipt> RecordAsync(BatchReceipt receipt)
    {
        var ticket = await CommitAsync(new ReceiptChange(Key.Bureau, Key.Id, receipt));
        if (ticket.Applied)
        {
            metrics.Answered(receipt);
            return receipt;
        }
        return await FindReceiptAsync(receipt.Offset)
            ?? throw new InvalidOperationException($"submission {this.GetPrimaryKeyString()} does not stand at row {receipt.Offset}");
    }

    public async Task<Submission> FinalizeAsync()
    {
        var submission = await GetAsync() ?? throw new InvalidOperationException("no such submission");
        if (submission.State == SubmissionState.Open)
            await CommitAsync(new SubmissionFinalized(Key.Bureau, Key.Id, submission.NextOffset));
        return (await GetAsync())!;
    }

    private async ValueTask<CommitTicket> CommitAsync(Change change)
    {
        // Whatever happens to the commit, the next reading comes from the store.
        _submission = null;
        return await committer.CommitAsync(change);
    }
}
