using System.Threading.Channels;
using ClusterPulse.Aggregation;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Facts;

/// <summary>One writer at work: takes what waits, commits it, tells the callers and the Combiner, and takes again.</summary>
internal sealed partial class CommitLoop(
    IFactWriter writer, ChannelReader<PendingChange> queue, Combiner combiner, IGeography geography, Lifeline lifeline, CommitterOptions options,
    PulseMetrics metrics, TimeProvider time, ILogger logger)
{
    private Task _work = Task.CompletedTask;

    public int Writer => writer.Id;

    /// <summary>The last commit that is certainly stored.</summary>
    public long Sequence { get; private set; }

    public void Start(CancellationToken stopping) => _work = writer.Blocks
        // Calls that block get a thread of their own, which waits.
        ? Task.Factory.StartNew(
            () => RunAsync(stopping).GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        : Task.Run(() => RunAsync(stopping), CancellationToken.None);

    /// <summary>Waits until the queue is closed and empty, and closes the writer.</summary>
    public async Task StopAsync()
    {
        await _work;
        await writer.DisposeAsync();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var batch = new List<PendingChange>(options.MaxChanges);
        while (await WaitAsync())
        {
            batch.Clear();
            while (batch.Count < options.MaxChanges && queue.TryRead(out var pending))
                batch.Add(pending);
            if (batch.Count == 0)
                continue;
            metrics.Queued(-batch.Count);
            await CommitAsync(batch, stopping);
        }

        // A blocking writer must come back to its own thread.
        ValueTask<bool> WaitAsync() => writer.Blocks
            ? ValueTask.FromResult(queue.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
            : queue.WaitToReadAsync(CancellationToken.None);
    }

    private async ValueTask CommitAsync(List<PendingChange> batch, CancellationToken stopping)
    {
        var changes = batch.ConvertAll(p => p.Change);
        IReadOnlyList<bool>? applied = null;
        IReadOnlyDictionary<string, CellSums>? sums = null;
        var started = time.GetTimestamp();
        try
        {
            Done(batch, await writer.CommitAsync(changes, Sum, stopping));
        }
        catch (StoreUnavailableException e) when (e.OutcomeUnknown && applied is not null)
        {
            metrics.StoreFailed();
            LogOutcomeUnknown(writer.Id, Sequence + 1, e);
            await SettleAsync(batch, applied, sums!, e, stopping);
        }
        catch (WriterFencedException e)
        {
            lifeline.Fenced();
            LogFenced(writer.Id);
            Fail(batch, e);
        }
        catch (Exception e)
        {
            // The callers know what to do with it; the loop must serve the next ones.
            metrics.StoreFailed();
            LogFailed(writer.Id, batch.Count, e);
            Fail(batch, e);
        }
        metrics.Committed(batch.Count, time.GetElapsedTime(started));

        IReadOnlyDictionary<string, CellSums> Sum(IReadOnlyList<bool> flags)
        {
            applied = flags;
            return sums = DeltaSummer.Sum(changes, flags, geography);
        }
    }

    /// <summary>Asks until the store answers: a change is neither acknowledged nor refused on a guess.</summary>
    private async ValueTask SettleAsync(
        List<PendingChange> batch, IReadOnlyList<bool> applied, IReadOnlyDictionary<string, CellSums> sums, StoreUnavailableException cause,
        CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await writer.ReadSequenceAsync(stopping) > Sequence)
                    Done(batch, new(Sequence + 1, applied, sums));
                else
                    Fail(batch, cause);
                return;
            }
            catch (StoreUnavailableException e)
            {
                LogOutcomeUnknown(writer.Id, Sequence + 1, e);
                await Task.Delay(options.OutcomePause, time, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        // Not acknowledged. Whether it is stored or not, the log says it to whoever buries this writer.
        Fail(batch, cause);
    }

    private void Done(List<PendingChange> batch, CommitResult result)
    {
        Sequence = result.Sequence;
        lifeline.Proven();
        combiner.Enqueue(writer.Id, result.Sequence, result.Sums);
        for (var i = 0; i < batch.Count; i++)
            batch[i].SetResult(new(result.Applied[i], writer.Id, result.Sequence));
    }

    private static void Fail(List<PendingChange> batch, Exception e)
    {
        foreach (var pending in batch)
            pending.SetException(e);
    }

    [LoggerMessage(LogLevel.Warning, "Writer {Writer}: outcome of commit {Sequence} is unknown; asking the store")]
    private partial void LogOutcomeUnknown(int writer, long sequence, Exception exception);

    [LoggerMessage(LogLevel.Critical, "Writer {Writer} is fenced: its silo was declared dead, or another process took its place")]
    private partial void LogFenced(int writer);

    [LoggerMessage(LogLevel.Error, "Writer {Writer}: a commit of {Changes} changes failed")]
    private partial void LogFailed(int writer, int changes, Exception exception);
}
