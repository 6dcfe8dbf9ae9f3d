using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Sending;

public sealed class ReportSenderTests
{
    private static readonly SubmissionFile File = new("f.csv", new string('a', 64), "");

    private readonly FakeReporting _server = new() { Hint = new() { RowsPerMessage = 10 } };
    private readonly List<(FileReport Row, RowVerdict Trouble)> _troubles = [];
    private readonly List<string> _said = [];
    private readonly SendTally _tally;

    public ReportSenderTests() => _tally = NewTally();

    [Fact]
    public async Task Every_row_arrives_once_in_its_order()
    {
        await SendAsync(SendRows.Reports(10_345));

        Assert.Equal(Enterprises(10_345), _server.Stored);
        Assert.Equal(Submission.Types.State.Finalized, _server.Submission.State);
        Assert.Equal((1_000, 10), (_server.Batches[0].Rows, _server.Batches[^2].Rows));
    }

    [Fact]
    public async Task A_few_batches_are_on_their_way_at_once_and_never_more()
    {
        var gate = new TaskCompletionSource();
        _server.Answering = gate.Task;
        var sending = SendAsync(SendRows.Reports(20_000));
        while (_server.MostOnTheirWay < ReportSender.Window && !sending.IsCompleted)
            await Task.Delay(1, TestContext.Current.CancellationToken);

        gate.SetResult();
        await sending;

        Assert.Equal(ReportSender.Window, _server.MostOnTheirWay);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Breaks_at_any_batch_lose_nothing_and_double_nothing(bool isStored)
    {
        var random = new Random(7);
        _server.OnBatch = (_, _) => random.Next(3) == 0 ? new(FakeReporting.Away(TimeSpan.FromMilliseconds(1)), isStored) : null;

        await SendAsync(SendRows.Reports(8_000).Select((r, n) => n % 100 == 50 ? SendRows.Report(n, "bad") : r));

        Assert.Equal(Enterprises(8_000), _server.Stored);
        Assert.True(_tally.Breaks > 10);
        Assert.Equal(_tally.Breaks, _said.Count);
        // Each once, though many answers came twice.
        Assert.Equal(Enumerable.Range(0, 80).Select(i => i * 100 + 52L), _troubles.Select(t => t.Row.FirstLine));
    }

    [Fact]
    public async Task A_batch_that_is_never_answered_is_sent_again()
    {
        _server.OnBatch = (n, _) => n == 1 ? new(Cause: null, IsStored: true) : null;

        await SendAsync(SendRows.Reports(1_100), new() { Answer = TimeSpan.FromMilliseconds(200), FirstPause = TimeSpan.FromMilliseconds(1) });

        Assert.Equal(Enterprises(1_100), _server.Stored);
        Assert.Equal(1, _tally.Breaks);
    }

    [Fact]
    public async Task A_server_that_was_set_back_gets_the_rows_it_lacks()
    {
        _server.OnBatch = (n, _) =>
        {
            if (n == 10)
            {
                _server.Stored.RemoveRange(500, _server.Stored.Count - 500);
                _server.Submission.NextOffset = 500;
            }
            return null;
        };

        await SendAsync(SendRows.Reports(12_000));

        Assert.Equal(Enterprises(12_000), _server.Stored);
        Assert.Contains(_said, s => s.Contains("500", StringComparison.Ordinal));
        // None of the 500 is of an earlier run.
        Assert.Equal(0, _tally.Before);
    }

    [Fact]
    public async Task A_later_run_goes_on_where_the_first_stopped()
    {
        _server.OnBatch = (n, _) => n == 5 ? new(new RpcException(new(StatusCode.PermissionDenied, "no"))) : null;
        await Assert.ThrowsAsync<RpcException>(() => SendAsync(SendRows.Reports(9_000)));
        _server.OnBatch = (_, _) => null;
        var (durable, batches) = (_server.Submission.NextOffset, _server.Batches.Count);
        var later = NewTally();

        await SendAsync(SendRows.Reports(9_000), tally: later);

        Assert.Equal(Enterprises(9_000), _server.Stored);
        Assert.Equal(durable, later.Before);
        Assert.Equal(durable, _server.Batches[batches].Offset);
    }

    [Fact]
    public async Task A_file_that_was_sent_is_recognised_before_a_row_is_read()
    {
        _server.Submission.State = Submission.Types.State.Finalized;
        var sender = new ReportSender(new(_server), new(), _tally, TimeProvider.System);

        Assert.Equal(SendEnd.SentBefore, await sender.OpenAsync("bureaus/3205", File, again: false, TestContext.Current.CancellationToken));

        Assert.Equal(["CreateSubmission"], _server.Calls);
    }

    [Fact]
    public async Task Withdrawals_keep_their_place_among_the_rows()
    {
        _server.OnCall = method => method == "WithdrawReport" && _server.Calls.Count(c => c == method) == 1 ? FakeReporting.Away(TimeSpan.FromMilliseconds(1)) : null;

        await SendAsync([SendRows.Report(0), SendRows.Withdrawal(0), SendRows.Report(1), SendRows.Withdrawal(1), SendRows.Withdrawal(2)]);

        Assert.Equal(
            ["e0", "-enterprises/e0/reports/output.2026-10", "e1", "-enterprises/e1/reports/output.2026-10", "-enterprises/e2/reports/output.2026-10"],
            _server.Stored);
        Assert.Equal((3, 0), (_tally.Withdrawn, _tally.Refused));
    }

    [Fact]
    public async Task A_withdrawal_of_what_another_bureau_says_is_rejected_and_the_rest_goes_on()
    {
        _server.OnCall = method => method == "WithdrawReport" ? new RpcException(new(StatusCode.FailedPrecondition, "a nearer bureau counts")) : null;

        await SendAsync([SendRows.Withdrawal(0), SendRows.Report(1)]);

        Assert.Equal((0, 1, 1), (_tally.Withdrawn, _tally.Refused, _tally.Durable));
    }

    [Fact]
    public async Task A_withdrawal_of_what_is_not_there_is_no_failure()
    {
        _server.OnCall = method => method == "WithdrawReport" ? new RpcException(new(StatusCode.NotFound, "none")) : null;

        await SendAsync([SendRows.Withdrawal(0), SendRows.Report(1)]);

        Assert.Equal((0, 1), (_tally.Withdrawn, _tally.NotThere));
        Assert.Equal(["e1"], _server.Stored);
    }

    [Fact]
    public async Task Ending_it_in_the_middle_keeps_what_is_acknowledged()
    {
        using var stop = new CancellationTokenSource();
        _server.OnBatch = (n, _) =>
        {
            if (n == 3)
                stop.Cancel();
            return n >= 3 ? new(Cause: null) : null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(SendRows.Reports(9_000), cancellation: stop.Token));
        Assert.InRange(_server.Submission.NextOffset, 1, 8_999);
        Assert.Equal((Submission.Types.State.Open, 0L), (_server.Submission.State, _tally.Breaks));

        _server.OnBatch = (_, _) => null;
        await SendAsync(SendRows.Reports(9_000));
        Assert.Equal(Enterprises(9_000), _server.Stored);
    }

    [Fact]
    public async Task A_file_that_lost_rows_since_is_not_finalized()
    {
        _server.Submission.NextOffset = 50;

        await Assert.ThrowsAsync<CommandFailure>(() => SendAsync(SendRows.Reports(49)));

        Assert.DoesNotContain("FinalizeSubmission", _server.Calls);
    }

    [Fact]
    public void Another_mapping_makes_another_submission_of_the_same_file()
    {
        Assert.Equal(File.Id(), (File with { Name = "copy.csv" }).Id());
        Assert.NotEqual(File.Id(), (File with { Reading = "{}" }).Id());
        Assert.NotEqual(File.Id(), (File with { Sha256 = new string('b', 64) }).Id());
        Assert.NotEqual(File.Id(), File.Id(1));
        Assert.Matches("^[a-z0-9._-]{1,100}$", File.Id(12));
    }

    [Fact]
    public async Task What_was_rejected_in_an_earlier_run_is_told_again_by_its_line()
    {
        var rows = SendRows.Reports(9_000).Select((r, n) => n % 100 == 50 ? SendRows.Report(n, "bad") : r).ToList();
        _server.OnBatch = (n, _) => n == 5 ? new(new RpcException(new(StatusCode.PermissionDenied, "no"))) : null;
        await Assert.ThrowsAsync<RpcException>(() => SendAsync(rows));
        _server.OnBatch = (_, _) => null;
        _troubles.Clear();

        await SendAsync(rows, tally: NewTally());

        Assert.Equal(Enumerable.Range(0, 90).Select(i => i * 100 + 52L), _troubles.Select(t => t.Row.FirstLine));
        Assert.True(_server.Calls.Count(c => c == "ListRejections") > 1);
    }

    private SendTally NewTally() => new(
        (row, trouble, _) => _troubles.Add((row, trouble)), _said.Add, (row, v) => new(row.FirstLine, v.Field, v.Value, v.Reason, v.Rule));

    private static IEnumerable<string> Enterprises(int count) => Enumerable.Range(0, count).Select(n => $"e{n}");

    private async Task SendAsync(IEnumerable<FileReport> rows, SendPatience? patience = null, CancellationToken? cancellation = null, SendTally? tally = null)
    {
        var sender = new ReportSender(new(_server), patience ?? new() { FirstPause = TimeSpan.FromMilliseconds(1) }, tally ?? _tally, TimeProvider.System);
        var token = cancellation ?? TestContext.Current.CancellationToken;
        Assert.Equal(SendEnd.Sent, await sender.OpenAsync("bureaus/3205", File, again: false, token));
        await sender.SendAsync(() => SendRows.Stream(rows), "mistake", token);
    }
}
