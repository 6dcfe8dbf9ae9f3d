using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What a silo's writers commit reaches every place, one message at a time.</summary>
public sealed class CombinerTests : IDisposable
{
    private const string Suzhou = "regions/3205";
    private static readonly CellKey Cell = new(Measure.Output, "private|CNY", new Month(2004, 5));

    private readonly HeardMetrics _metrics = new();
    private readonly WaitedForTime _time = new();
    private readonly Channel _channel = new();
    private readonly Warnings _warnings = new();
    private readonly Combiner _combiner;

    public CombinerTests() => _combiner = new(_channel, _metrics.Metrics, _time, _warnings);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task What_is_committed_while_a_message_is_under_way_goes_together_in_the_next()
    {
        Commit(1, 10);
        var first = await _channel.NextAsync();
        Commit(2, 20);
        Commit(3, 30);

        Assert.Equal((0L, 1L, 10L), Read(first));
        Assert.Equal(0, _channel.Waiting);
        first.Answer.SetResult(1);
        var second = await _channel.NextAsync();
        Assert.Equal((1L, 3L, 50L), Read(second));
        second.Answer.SetResult(3);
        await _combiner.WhenIdleAsync();
        Assert.Equal(0, _channel.Waiting);
    }

    [Fact]
    public async Task It_is_idle_when_every_place_has_answered()
    {
        Assert.True(_combiner.WhenIdleAsync().IsCompletedSuccessfully);
        _combiner.Enqueue(1, 1, new Dictionary<string, CellSums> { [Suzhou] = Sums(1), ["regions/32"] = Sums(1) });
        var idle = _combiner.WhenIdleAsync();
        var (one, other) = (await _channel.NextAsync(), await _channel.NextAsync());

        Assert.Equal(["regions/32", Suzhou], new[] { one.Place, other.Place }.Order(StringComparer.Ordinal));
        one.Answer.SetResult(1);
        Assert.NotSame(idle, await Task.WhenAny(idle, Task.Delay(50, TestContext.Current.CancellationToken)));
        other.Answer.SetResult(1);
        await idle;
        Assert.True(_combiner.WhenIdleAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task All_who_wait_for_it_to_be_idle_are_told()
    {
        Commit(1, 10);
        var (first, last) = (_combiner.WhenIdleAsync(), _combiner.WhenIdleAsync());

        (await _channel.NextAsync()).Answer.SetResult(1);

        await last;
        Assert.True(first.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task How_long_it_took_until_a_place_had_been_told_is_measured()
    {
        Commit(1, 10);
        var first = await _channel.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Commit(2, 20);
        _time.Advance(TimeSpan.FromSeconds(1));
        first.Answer.SetResult(1);
        var second = await _channel.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        second.Answer.SetResult(2);
        await _combiner.WhenIdleAsync();

        // The second waited for the first one's answer too.
        Assert.Equal([2d, 4d], _metrics.Of("clusterpulse.visible_delay"));
    }

    [Fact]
    public async Task Who_did_not_answer_what_is_logged()
    {
        Commit(1, 10);
        (await _channel.NextAsync()).Answer.SetException(new TimeoutException());
        await _time.WhenWaitingAsync();

        Assert.Equal($"{Suzhou} did not answer commits (0, 1] of writer 1; sending again", Assert.Single(_warnings.Texts));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        (await _channel.NextAsync()).Answer.SetResult(1);
        await _combiner.WhenIdleAsync();
    }

    [Fact]
    public async Task A_place_that_does_not_answer_is_told_again_after_a_pause_that_doubles_up_to_five_seconds()
    {
        Commit(1, 10);
        foreach (var pause in (int[])[100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000])
        {
            var message = await _channel.NextAsync();
            Assert.Equal((0L, 1L, 10L), Read(message));
            message.Answer.SetException(new TimeoutException());
            // The pump has begun to wait once its timer is there.
            await _time.WhenWaitingAsync();
            _time.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.Equal(0, _channel.Waiting);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
        (await _channel.NextAsync()).Answer.SetResult(1);
        await _combiner.WhenIdleAsync();
    }

    [Fact]
    public async Task A_place_that_knows_more_than_it_was_told_is_not_told_that_again()
    {
        Commit(1, 10);
        var first = await _channel.NextAsync();
        Commit(2, 20);
        // It has read the log meanwhile.
        first.Answer.SetResult(2);
        await _combiner.WhenIdleAsync();
        Commit(3, 30);

        var next = await _channel.NextAsync();
        Assert.Equal((2L, 3L, 30L), Read(next));
        next.Answer.SetResult(3);
        await _combiner.WhenIdleAsync();
    }

    private void Commit(long sequence, long amount) =>
        _combiner.Enqueue(1, sequence, new Dictionary<string, CellSums> { [Suzhou] = Sums(amount) });

    private static CellSums Sums(long amount)
    {
        var sums = new CellSums();
        sums.Add(Cell, amount);
        return sums;
    }

    private static (long After, long Upto, long Amount) Read(Sent sent)
    {
        var amount = 0L;
        foreach (var (_, sum) in sent.Message.Sums)
            amount += sum;
        return (sent.Message.After, sent.Message.Upto, amount);
    }

    private sealed record Sent(string Place, DeltaMessage Message, TaskCompletionSource<long> Answer);

    /// <summary>Time that stands still, and tells when somebody waits for it.</summary>
    private sealed class WaitedForTime : FakeTimeProvider
    {
        private readonly global::System.Threading.Channels.Channel<bool> _timers = global::System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public ValueTask<bool> WhenWaitingAsync() => _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Assert.True(_timers.Writer.TryWrite(true));
            return timer;
        }
    }

    private sealed class Warnings : ILogger<Combiner>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _texts = [];

        public IReadOnlyCollection<string> Texts => _texts;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _texts.Enqueue(formatter(state, exception));
    }

    /// <summary>Places that answer when the test says so.</summary>
    private sealed class Channel : IPlaceChannel
    {
        private readonly System.Threading.Channels.Channel<Sent> _sent = System.Threading.Channels.Channel.CreateUnbounded<Sent>();

        public int Waiting => _sent.Reader.Count;

        public ValueTask<Sent> NextAsync() => _sent.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public Task<long> SendAsync(string place, DeltaMessage message)
        {
            var sent = new Sent(place, message, new(TaskCreationOptions.RunContinuationsAsynchronously));
            Assert.True(_sent.Writer.TryWrite(sent));
            return sent.Answer.Task;
        }
    }
}
