using ClusterPulse.Cli;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Server;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Sending;

public sealed class SendRetryTests
{
    private readonly HurriedTime _time = new();
    private readonly List<SendBreak> _breaks = [];

    [Fact]
    public async Task Pauses_grow_up_to_the_longest_and_differ_by_chance()
    {
        var runs = new List<List<double>>();
        for (var run = 0; run < 3; run++)
        {
            _breaks.Clear();
            await RunAsync(new() { LongestPause = TimeSpan.FromSeconds(8) }, failures: 40, () => 0);
            runs.Add([.. _breaks.Select(b => b.Pause.TotalSeconds)]);
        }

        Assert.All(runs, pauses =>
        {
            Assert.Equal(40, pauses.Count);
            Assert.All(pauses, p => Assert.InRange(p, 0, 8));
            Assert.InRange(pauses[0], 0, 1);
            Assert.True(pauses[^10..].Average() > 4);
        });
        Assert.NotEqual(runs[0], runs[1]);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        await RunAsync(new(), failures: 2, () => 0, FakeReporting.Away(TimeSpan.FromSeconds(17)));

        Assert.Equal([17, 17], _breaks.Select(b => b.Pause.TotalSeconds));
        Assert.Equal([1, 2], _breaks.Select(b => b.Attempt));
    }

    [Fact]
    public async Task After_progress_the_pauses_begin_anew()
    {
        var progress = 0;

        await RunAsync(new(), failures: 30, () => progress++);

        Assert.All(_breaks, b => Assert.Equal((1, TimeSpan.FromMilliseconds(250)), (b.Attempt, b.Pause)));
    }

    [Fact]
    public async Task It_gives_up_after_the_time_without_progress_and_not_before()
    {
        var began = _time.GetUtcNow();

        await Assert.ThrowsAsync<RpcException>(() => RunAsync(new() { GiveUpAfter = TimeSpan.FromMinutes(5) }, failures: int.MaxValue, () => 0));

        Assert.InRange((_time.GetUtcNow() - began).TotalMinutes, 5, 6);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Internal)]
    public async Task What_cannot_succeed_is_not_tried_again(StatusCode code)
    {
        await Assert.ThrowsAsync<RpcException>(() => RunAsync(new(), failures: 1, () => 0, new RpcException(new(code, "no"))));

        Assert.Empty(_breaks);
    }

    [Fact]
    public async Task A_transport_that_breaks_is_tried_again_whatever_its_code()
    {
        await RunAsync(new(), failures: 1, () => 0, new RpcException(new(StatusCode.Internal, "reset", new IOException("reset"))));

        Assert.Single(_breaks);
    }

    [Fact]
    public async Task What_this_side_refuses_is_not_tried_again()
    {
        var progress = 0;

        await Assert.ThrowsAsync<RpcException>(() => RunAsync(new(), failures: 1, () => 0, Said(ExitCode.Denied)));
        await Assert.ThrowsAsync<RpcException>(() => RunAsync(new(), failures: 1, () => progress++, Said(ExitCode.Denied)));

        Assert.Empty(_breaks);
    }

    [Fact]
    public async Task A_provider_of_tokens_that_is_away_is_waited_for()
    {
        await RunAsync(new(), failures: 1, () => 0, Said(ExitCode.ServerLost));

        Assert.Single(_breaks);
    }

    /// <summary>How a call ends whose handler throws.</summary>
    private static RpcException Said(ExitCode code) =>
        new(new(StatusCode.Internal, "Error starting gRPC call.", new CommandFailure("no token", "log in", code)));

    private async Task RunAsync(SendPatience patience, int failures, Func<long> progress, RpcException? failure = null)
    {
        var attempts = 0;
        await new SendRetry(patience, _time, _breaks.Add).RunAsync(
            _ => attempts++ < failures ? Task.FromException<bool>(failure ?? FakeReporting.Away()) : Task.FromResult(true),
            progress, TestContext.Current.CancellationToken);
    }

    /// <summary>Time that passes at once whenever somebody waits.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        private long _ticks = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero)
                Interlocked.Add(ref _ticks, dueTime.Ticks);
            return TimeProvider.System.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : TimeSpan.FromMilliseconds(1), period);
        }
    }
}
