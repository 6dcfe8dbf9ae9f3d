using ClusterPulse.Facts;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using Google.Protobuf.Collections;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Offsets are absolute: durable rows are answered again whatever their grouping, a gap is refused.</summary>
public sealed class SubmissionIntakeTests
{
    private readonly FakeSubmission _submission = new();
    private readonly SubmissionIntake<V1.Report> _intake;

    public SubmissionIntakeTests() => _intake = new(_submission, StoreAsync);

    [Fact]
    public async Task Batches_that_follow_on_each_other_are_stored()
    {
        await _intake.RefreshAsync();

        Assert.Equal((Taken.Stored, 0, 3), Brief(await TakeAsync(0, 3)));
        Assert.Equal((Taken.Stored, 3, 2), Brief(await TakeAsync(3, 2)));
        Assert.Equal(5, _intake.NextOffset);
    }

    [Fact]
    public async Task A_gap_is_refused_and_changes_nothing()
    {
        await _intake.RefreshAsync();
        await TakeAsync(0, 3);

        Assert.Equal(Taken.Beyond, (await TakeAsync(4, 1)).Taken);
        Assert.Equal(Taken.Beyond, (await TakeAsync(-1, 1)).Taken);
        Assert.Equal(3, _intake.NextOffset);
        Assert.Single(_submission.Receipts);
    }

    [Fact]
    public async Task The_same_batch_again_gets_the_stored_receipt()
    {
        await _intake.RefreshAsync();
        var (_, first) = await TakeAsync(0, 3);

        var (taken, again) = await TakeAsync(0, 3);

        Assert.Equal(Taken.Replayed, taken);
        Assert.Equal(first, again);
        Assert.Single(_submission.Receipts);
    }

    [Fact]
    public async Task Smaller_batches_get_their_part_of_the_receipt()
    {
        _submission.Add(Sample.Receipt(0, 4, new(1, RowOutcome.Rejected), new(3, RowOutcome.Revised)));
        await _intake.RefreshAsync();

        var (taken, receipt) = await TakeAsync(0, 2);

        Assert.Equal(Taken.Replayed, taken);
        Assert.Equal((2, 1, 1, 0), (receipt!.Count, receipt.Accepted, receipt.Rejected, receipt.Revised));
        Assert.Equal([1L], receipt.Rows.Select(r => r.Row));
    }

    [Fact]
    public async Task A_larger_batch_gets_the_receipts_there_are_and_the_rest_is_stored()
    {
        _submission.Add(Sample.Receipt(0, 2, new RowResultOf(1, RowOutcome.Rejected)));
        _submission.Add(Sample.Receipt(2, 2, new RowResultOf(2, RowOutcome.Duplicate)));
        await _intake.RefreshAsync();

        var (taken, receipt) = await TakeAsync(0, 7);

        Assert.Equal(Taken.Stored, taken);
        Assert.Equal((0, 7, 5, 1, 1), (receipt!.Offset, receipt.Count, receipt.Accepted, receipt.Rejected, receipt.Duplicate));
        Assert.Equal("1:7", receipt.CommitToken);
        Assert.Equal((4, 3), (_submission.Receipts[4].Offset, _submission.Receipts[4].Count));
    }

    [Fact]
    public async Task A_batch_that_begins_within_a_receipt_counts_its_durable_rows_as_duplicates()
    {
        _submission.Add(Sample.Receipt(0, 4));
        await _intake.RefreshAsync();

        var (taken, receipt) = await TakeAsync(3, 3);

        Assert.Equal(Taken.Stored, taken);
        Assert.Equal((3, 1, 2), (receipt!.Offset, receipt.Duplicate, receipt.Accepted));
        Assert.Equal(6, _intake.NextOffset);
    }

    [Fact]
    public async Task A_message_without_rows_stores_nothing_and_tells_where_to_go_on()
    {
        _submission.Add(Sample.Receipt(0, 4));
        await _intake.RefreshAsync();

        Assert.Equal((Taken.Replayed, 4, 0), Brief(await TakeAsync(4, 0)));
        Assert.Equal((Taken.Replayed, 0, 0), Brief(await TakeAsync(0, 0)));
        Assert.Equal(4, _intake.NextOffset);
        Assert.Single(_submission.Receipts);
    }

    [Fact]
    public async Task A_finalized_submission_takes_nothing_new_and_answers_what_it_has()
    {
        _submission.Add(Sample.Receipt(0, 4));
        await _submission.FinalizeAsync();
        await _intake.RefreshAsync();

        Assert.Equal(Taken.Replayed, (await TakeAsync(0, 4)).Taken);
        Assert.Equal(Taken.Closed, (await TakeAsync(4, 1)).Taken);
        Assert.Equal(Taken.Closed, (await TakeAsync(2, 5)).Taken);
    }

    [Fact]
    public async Task Another_stream_of_the_same_submission_may_come_first()
    {
        await _intake.RefreshAsync();
        var other = new SubmissionIntake<V1.Report>(_submission, StoreAsync);
        await other.RefreshAsync();

        // The same rows, cut otherwise, by a program that was thought dead.
        await other.TakeAsync(0, Rows(2));
        Assert.Equal((Taken.Stored, 0, 5), Brief(await TakeAsync(0, 5)));
        // What the other one has stored meanwhile lies beyond what this one knew.
        await other.TakeAsync(5, Rows(3));
        Assert.Equal((Taken.Stored, 8, 1), Brief(await TakeAsync(8, 1)));
        // It stands elsewhere, at no offset this one asks for.
        await other.TakeAsync(9, Rows(3));
        Assert.Equal((Taken.Stored, 9, 4), Brief(await TakeAsync(9, 4)));
        Assert.Equal(13, _intake.NextOffset);
        Assert.Equal([0L, 2, 5, 8, 9, 12], _submission.Receipts.Keys);
    }

    [Fact]
    public async Task An_unknown_submission_is_said_to_be_unknown()
    {
        _submission.Exists = false;
        Assert.False(await _intake.RefreshAsync());
    }

    private Task<(Taken Taken, BatchReceipt? Receipt)> TakeAsync(long offset, int count) => _intake.TakeAsync(offset, Rows(count));

    private static (Taken, long, int) Brief((Taken Taken, BatchReceipt? Receipt) answer) =>
        (answer.Taken, answer.Receipt!.Offset, answer.Receipt.Count);

    private static RepeatedField<V1.Report> Rows(int count) => [.. Sample.Outputs(count)];

    private Task<BatchReceipt> StoreAsync(long offset, RepeatedField<V1.Report> reports, int skip) =>
        _submission.RecordAsync(Sample.Receipt(offset, reports.Count - skip));

    /// <summary>The grain as the store makes it behave.</summary>
    private sealed class FakeSubmission : ISubmissionGrain
    {
        private bool _finalized;

        public bool Exists { get; set; } = true;

        public SortedDictionary<long, BatchReceipt> Receipts { get; } = [];

        private long Next => Receipts.Count == 0 ? 0 : Receipts.Values.Last().Offset + Receipts.Values.Last().Count;

        public void Add(BatchReceipt receipt) => Receipts.Add(receipt.Offset, receipt);

        public Task<Submission> CreateAsync(string? sha256) => throw new NotSupportedException();

        public Task<Submission?> GetAsync() => Task.FromResult(Exists ? Now() : null);

        public Task<BatchReceipt?> FindReceiptAsync(long offset) => Task.FromResult(Receipts.GetValueOrDefault(offset));

        public Task<BatchReceipt> RecordAsync(BatchReceipt receipt)
        {
            if (receipt.Offset == Next && !_finalized)
                Add(receipt);
            return Task.FromResult(Receipts.GetValueOrDefault(receipt.Offset) ?? throw new InvalidOperationException("it does not stand there"));
        }

        public Task<Submission> FinalizeAsync()
        {
            _finalized = true;
            return Task.FromResult(Now());
        }

        public Task<Submission> WithdrawAsync(string by, string reason) => throw new NotSupportedException();

        public Task<Submission?> ContinueWithdrawalAsync() => throw new NotSupportedException();

        public Task RestartWithdrawalAsync() => throw new NotSupportedException();

        private Submission Now() => new()
        {
            Bureau = "3205",
            Id = "s",
            NextOffset = Next,
            State = _finalized ? SubmissionState.Finalized : SubmissionState.Open,
            LastReceipt = Receipts.Values.LastOrDefault(),
        };
    }
}
