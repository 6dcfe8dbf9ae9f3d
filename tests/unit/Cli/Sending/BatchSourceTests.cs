using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Sending;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Sending;

public sealed class BatchSourceTests
{
    private readonly List<FileReport> _refused = [];

    [Fact]
    public async Task Only_rows_that_can_be_read_are_numbered()
    {
        var steps = await StepsAsync(0, 10, SendRows.Report(0), SendRows.Unreadable(3), SendRows.Report(1), SendRows.Unreadable(5));

        var batch = Assert.IsType<SendBatch>(Assert.Single(steps));
        Assert.Equal((0L, 2L), (batch.Offset, batch.End));
        Assert.Equal(["e0", "e1"], batch.Rows.Select(r => r.Report!.Enterprise));
        Assert.Equal([3, 5], _refused.Select(r => r.FirstLine));
    }

    [Fact]
    public async Task Messages_have_as_many_rows_as_the_server_likes()
    {
        var steps = await StepsAsync(0, 3, [.. SendRows.Reports(7)]);

        Assert.Equal([(0L, 3), (3L, 3), (6L, 1)], steps.Cast<SendBatch>().Select(b => (b.Offset, b.Rows.Length)));
    }

    [Fact]
    public async Task Messages_stay_within_4_MiB_and_every_row_is_in_one()
    {
        var rows = Enumerable.Range(0, 12).Select(n => SendRows.Report(n, new string('n', 900_000))).ToArray();

        var steps = await StepsAsync(0, 5_000, rows);

        Assert.All(steps.Cast<SendBatch>(), b => Assert.InRange(b.ToRequest("bureaus/3205/submissions/" + new string('s', 100)).CalculateSize(), 1, 4 << 20));
        Assert.Equal([4, 4, 4], steps.Cast<SendBatch>().Select(b => b.Rows.Length));
    }

    [Fact]
    public async Task A_row_that_no_message_holds_is_refused_and_has_no_number()
    {
        var steps = await StepsAsync(0, 10, SendRows.Report(0, new string('n', 5 << 20)), SendRows.Report(1));

        Assert.Equal((0L, 1), steps.Cast<SendBatch>().Select(b => (b.Offset, b.Rows.Length)).Single());
        Assert.Equal("TOO_MANY", Assert.Single(Assert.Single(_refused).Problems).Reason);
    }

    [Fact]
    public async Task Rows_that_are_durable_are_counted_and_not_sent()
    {
        var steps = await StepsAsync(4, 3, SendRows.Report(0), SendRows.Report(1), SendRows.Unreadable(4), SendRows.Report(2), SendRows.Report(3), SendRows.Report(4));

        var batch = Assert.IsType<SendBatch>(Assert.Single(steps));
        Assert.Equal((4L, "e4"), (batch.Offset, batch.Rows.Single().Report!.Enterprise));
        Assert.Single(_refused);
    }

    [Theory]
    [InlineData(0, "0-1", "withdraw e9", "2-2", "withdraw e8")]
    // The withdrawal after row 1 may not have been done; the same again is harmless.
    [InlineData(2, "withdraw e9", "2-2", "withdraw e8")]
    // Row 2 was sent: so the withdrawal before it was done, and would now take back something newer.
    [InlineData(3, "withdraw e8")]
    public async Task A_withdrawal_stands_between_the_rows_around_it(long from, params string[] expected)
    {
        var steps = await StepsAsync(from, 10, SendRows.Report(0), SendRows.Report(1), SendRows.Withdrawal(9), SendRows.Report(2), SendRows.Withdrawal(8));

        Assert.Equal(expected, steps.Select(s => s is SendBatch b ? $"{b.Offset}-{b.End - 1}" : $"withdraw {((SendWithdrawal)s).Row.Report!.Enterprise}"));
    }

    [Fact]
    public async Task A_step_stays_until_it_is_taken()
    {
        await using var source = new BatchSource(SendRows.Stream(SendRows.Reports(3)), 0, _refused.Add);
        var cancellation = TestContext.Current.CancellationToken;

        var step = await source.PeekAsync(cancellation);

        Assert.Same(step, await source.PeekAsync(cancellation));
        source.Take();
        Assert.Null(await source.PeekAsync(cancellation));
    }

    [Fact]
    public async Task Cancelled_in_the_middle_of_a_message_it_goes_on_with_every_row()
    {
        using var stop = new CancellationTokenSource();
        await using var source = new BatchSource(SendRows.Stream(SendRows.Reports(9).Select((r, n) =>
        {
            if (n == 5)
                stop.Cancel();
            return r;
        })), 0, _refused.Add);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await source.PeekAsync(stop.Token));

        var batch = Assert.IsType<SendBatch>(await source.PeekAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(0, 9).Select(n => $"e{n}"), batch.Rows.Select(r => r.Report!.Enterprise));
        Assert.Equal(0, batch.Offset);
    }

    private async Task<List<SendStep>> StepsAsync(long from, int wanted, params FileReport[] rows)
    {
        await using var source = new BatchSource(SendRows.Stream(rows), from, _refused.Add);
        source.Want(wanted);
        var steps = new List<SendStep>();
        while (await source.PeekAsync(TestContext.Current.CancellationToken) is { } step)
        {
            steps.Add(step);
            source.Take();
        }
        return steps;
    }
}
