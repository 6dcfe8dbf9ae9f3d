using System.Threading.Channels;
using ClusterPulse.Aggregation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Facts;

/// <summary>Where a change was stored.</summary>
/// <param name="Applied">False: it met a newer version and must be made anew.</param>
/// <param name="Writer">Writer of the commit.</param>
/// <param name="Sequence">Its number.</param>
public readonly record struct CommitTicket(bool Applied, int Writer, long Sequence);

/// <summary>Bounds of the group commit.</summary>
public sealed class CommitterOptions
{
    /// <summary>Changes that may wait; more make senders wait.</summary>
    public int QueueCapacity { get; set; } = 20_000;

    /// <summary>Most changes in one transaction.</summary>
    public int MaxChanges { get; set; } = 4_000;

    /// <summary>Pause between questions about a commit whose outcome is unknown.</summary>
    public TimeSpan OutcomePause { get; set; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>
/// Group commit: changes of many grains go through a bounded queue into one transaction at a time, and each caller hears
/// after that transaction is durable. Deltas go to the Combiner after the commit, never before.
/// </summary>
public sealed partial class Committer : IAsyncDisposable
{
    private readonly IFactStore _store;
    private readonly Combiner _combiner;
    private readonly IGeography _geography;
    private readonly CommitterOptions _options;
    private readonly PulseMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<Committer> _logger;
    private readonly Channel<Pending> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private IFactWriter? _writer;
    private Task _loop = Task.CompletedTask;
    private long _sequence;

    private sealed class Pending(Change change) : TaskCompletionSource<CommitTicket>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Change Change { get; } = change;
    }

    public Committer(
        IFactStore store, Combiner combiner, IGeography geography, IOptions<CommitterOptions> options, PulseMetrics metrics,
        TimeProvider time, ILogger<Committer> logger)
    {
        (_store, _combiner, _geography, _options) = (store, combiner, geography, options.Value);
        (_metrics, _time, _logger) = (metrics, time, logger);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(_options.QueueCapacity) { SingleReader = true });
    }

    /// <summary>A newer process has taken this one's place; nothing is acknowledged any more.</summary>
    public bool IsFenced { get; private set; }

    /// <summary>Opens the writer and starts to take changes.</summary>
    public async Task StartAsync(string host, CancellationToken cancellation)
    {
        _writer = await _store.OpenWriterAsync(host, cancellation);
        // The embedded store's calls block, so the loop has a thread of its own and waits on it.
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Stores a change.</summary>
    /// <returns>After it is durable, or after it met a newer version.</returns>
    /// <exception cref="StoreUnavailableException">It was not stored.</exception>
    /// <exception cref="WriterFencedException">This process may not store any more.</exception>
    public async ValueTask<CommitTicket> CommitAsync(Change change)
    {
        var pending = new Pending(change);
        if (!_queue.Writer.TryWrite(pending))
        {
            try
            {
                await _queue.Writer.WriteAsync(pending);
            }
            catch (ChannelClosedException e)
            {
                throw new StoreUnavailableException("the process is stopping", e);
            }
        }
        _metrics.Queued(1);
        return await pending.Task;
    }

    /// <summary>Takes no more changes, stores those that wait, and closes the writer.</summary>
    public async Task StopAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _stopping.CancelAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        _writer = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private void Run()
    {
        var batch = new List<Pending>(_options.MaxChanges);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < _options.MaxChanges && _queue.Reader.TryRead(out var pending))
                batch.Add(pending);
            _metrics.Queued(-batch.Count);
            CommitBatchAsync(batch).GetAwaiter().GetResult();
        }
    }

    private async Task CommitBatchAsync(List<Pending> batch)
    {
        var changes = batch.ConvertAll(p => p.Change);
        IReadOnlyList<bool>? applied = null;
        IReadOnlyDictionary<string, CellSums>? sums = null;
        var started = _time.GetTimestamp();
        try
        {
            var result = await _writer!.CommitAsync(changes, Sum, _stopping.Token);
            Done(batch, result);
        }
        catch (StoreUnavailableException e) when (e.OutcomeUnknown && applied is not null)
        {
            _metrics.StoreFailed();
            LogOutcomeUnknown(_writer!.Id, _sequence + 1, e);
            if (await WasStoredAsync())
                Done(batch, new(_sequence + 1, applied, sums!));
            else
                Fail(batch, e);
        }
        catch (WriterFencedException e)
        {
            IsFenced = true;
            LogFenced(_writer!.Id);
            Fail(batch, e);
        }
        catch (Exception e)
        {
            // The callers know what to do with it; the loop must serve the next ones.
            _metrics.StoreFailed();
            LogFailed(_writer!.Id, batch.Count, e);
            Fail(batch, e);
        }
        _metrics.Committed(batch.Count, _time.GetElapsedTime(started));

        IReadOnlyDictionary<string, CellSums> Sum(IReadOnlyList<bool> flags)
        {
            applied = flags;
            return sums = DeltaSummer.Sum(changes, flags, _geography);
        }
    }

    private void Done(List<Pending> batch, CommitResult result)
    {
        _sequence = result.Sequence;
        _combiner.Enqueue(_writer!.Id, result.Sequence, result.Sums);
        for (var i = 0; i < batch.Count; i++)
            batch[i].SetResult(new(result.Applied[i], _writer.Id, result.Sequence));
    }

    private static void Fail(List<Pending> batch, Exception e)
    {
        foreach (var pending in batch)
            pending.SetException(e);
    }

    /// <summary>Asks until the store answers: a change is neither acknowledged nor refused on a guess.</summary>
    private async Task<bool> WasStoredAsync()
    {
        while (true)
        {
            try
            {
                return await _writer!.ReadSequenceAsync(_stopping.Token) > _sequence;
            }
            catch (StoreUnavailableException e)
            {
                LogOutcomeUnknown(_writer!.Id, _sequence + 1, e);
                await Task.Delay(_options.OutcomePause, _time, _stopping.Token);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Writer {Writer}: outcome of commit {Sequence} is unknown; asking the store")]
    private partial void LogOutcomeUnknown(int writer, long sequence, Exception exception);

    [LoggerMessage(LogLevel.Critical, "Writer {Writer} is fenced: another process speaks for this host now")]
    private partial void LogFenced(int writer);

    [LoggerMessage(LogLevel.Error, "Writer {Writer}: a commit of {Changes} changes failed")]
    private partial void LogFailed(int writer, int changes, Exception exception);
}
