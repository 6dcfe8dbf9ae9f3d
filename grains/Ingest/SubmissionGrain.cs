using ClusterPulse.Enterprises;
using ClusterPulse.Facts;

namespace ClusterPulse.Ingest;

/// <summary>A submission. The store decides on offsets; the grain spares the reading.</summary>
[GrainType("submission")]
public sealed class SubmissionGrain(IFactStore store, Committer committer, PulseMetrics metrics) : Grain, ISubmissionGrain
{
    /// <summary>Reports that are taken back in one call.</summary>
    private const int WithdrawnAtOnce = 1_000;

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

    public async Task<Submission> WithdrawAsync(string by, string reason)
    {
        var submission = await GetAsync() ?? throw new InvalidOperationException("no such submission");
        if (submission.State != SubmissionState.Withdrawn)
            await CommitAsync(new SubmissionWithdrawn(Key.Bureau, Key.Id, by, reason));
        return (await ContinueWithdrawalAsync())!;
    }

    public async Task<Submission?> ContinueWithdrawalAsync()
    {
        if (await GetAsync() is not { Withdrawal: { Finished: null } withdrawal } submission)
            return await GetAsync();
        var part = await store.ListSubmittedAsync(Key.Bureau, Key.Id, withdrawal.NextRow, WithdrawnAtOnce, CancellationToken.None);
        var calls = part.GroupBy(r => r.Enterprise, StringComparer.Ordinal).Select(own => GrainFactory.GetGrain<IEnterpriseGrain>(own.Key)
            .WithdrawSubmittedAsync([.. own.Select(r => r.Key)], Key.Bureau, Key.Id, withdrawal.By, withdrawal.Reason).AsTask());
        var reports = (await Task.WhenAll(calls)).Sum();
        var finished = part.Count < WithdrawnAtOnce;
        // Where another activation has come further, this changes nothing: each row counts once.
        await CommitAsync(new WithdrawalProgressed(
            Key.Bureau, Key.Id, withdrawal.NextRow, finished ? submission.NextOffset : part[^1].Row + 1, reports, finished));
        return await GetAsync();
    }

    public async Task RestartWithdrawalAsync()
    {
        // What this activation remembers may be from before the withdrawal.
        await CommitAsync(new WithdrawalRestarted(Key.Bureau, Key.Id));
    }

    private async ValueTask<CommitTicket> CommitAsync(Change change)
    {
        // Whatever happens to the commit, the next reading comes from the store.
        _submission = null;
        return await committer.CommitAsync(change);
    }
}
