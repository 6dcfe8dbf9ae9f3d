using System.ComponentModel.DataAnnotations;
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
    [Range(1, int.MaxValue)]
    public int QueueCapacity { get; set; } = 20_000;

    /// <summary>Most changes in one transaction.</summary>
    [Range(1, int.MaxValue)]
    public int MaxChanges { get; set; } = 4_000;

    /// <summary>Pause between questions about a commit whose outcome is unknown.</summary>
    public TimeSpan OutcomePause { get; set; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>
/// Group commit: changes of many grains go through a bounded queue to a few writers, each of which puts many into one transaction
/// at a time, and each caller hears after that transaction is durable. Deltas go to the Combiner after the commit, never before.
/// </summary>
public sealed class Committer : IAsyncDisposable
{
    private readonly IFactStore _store;
    private readonly CommitterOptions _options;
    private readonly PulseMetrics _metrics;
    private readonly Channel<PendingChange> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<IFactWriter, CommitLoop> _makeLoop;
    private CommitLoop[] _loops = [];

    public Committer(
        IFactStore store, Combiner combiner, IGeography geography, Lifeline lifeline, IOptions<CommitterOptions> options, PulseMetrics metrics,
        TimeProvider time, ILogger<Committer> logger)
    {
        (_store, _options, _metrics) = (store, options.Value, metrics);
        _queue = Channel.CreateBounded<PendingChange>(new BoundedChannelOptions(_options.QueueCapacity));
        _makeLoop = writer => new CommitLoop(writer, _queue.Reader, combiner, geography, lifeline, _options, metrics, time, logger);
    }

    /// <summary>Opens the writers and starts to take changes.</summary>
    /// <param name="silo">Whose writers they are.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task StartAsync(string silo, CancellationToken cancellation)
    {
        var loops = new CommitLoop[_store.Writers];
        for (var i = 0; i < loops.Length; i++)
            loops[i] = _makeLoop(await _store.OpenWriterAsync(silo, cancellation));
        _loops = loops;
        foreach (var loop in loops)
            loop.Start(_stopping.Token);
    }

    /// <summary>Stores a change.</summary>
    /// <returns>After it is durable, or after it met a newer version.</returns>
    /// <exception cref="StoreUnavailableException">It was not stored.</exception>
    /// <exception cref="WriterFencedException">This process may not store any more.</exception>
    public async ValueTask<CommitTicket> CommitAsync(Change change)
    {
        var pending = new PendingChange(change);
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

    /// <summary>Takes no more changes, stores those that wait, and closes the writers.</summary>
    /// <param name="cancellation">Ends the wait for a store that does not answer; what was not acknowledged may then be stored or not.</param>
    /// <returns>The writers with their last sequences.</returns>
    public async Task<IReadOnlyList<(int Writer, long Sequence)>> StopAsync(CancellationToken cancellation = default)
    {
        _queue.Writer.TryComplete();
        var loops = _loops;
        _loops = [];
        await using (cancellation.Register(_stopping.Cancel))
        {
            foreach (var loop in loops)
                await loop.StopAsync();
        }
        return [.. loops.Select(l => (l.Writer, l.Sequence))];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }
}

/// <summary>A change on its way, and who waits for it. Continuations run elsewhere: a writer has better things to do.</summary>
internal sealed class PendingChange(Change change) : TaskCompletionSource<CommitTicket>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Change Change { get; } = change;
}
