using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Placement;
using ClusterPulse.Registry;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Hosting;

/// <summary>What a store has to do before anything reads it.</summary>
public interface IStoreStartup
{
    Task PrepareAsync(CancellationToken cancellation);
}

/// <summary>
/// Starts and stops the parts of a silo that are not grains, in the order that loses nothing: writers open before grains work and
/// close after they have gone. A silo that stops takes no more reports, gives its places to the others, tells them what it
/// committed, and buries its own writers, so that it leaves nothing to do.
/// </summary>
internal sealed partial class SiloParts(
    IStoreStartup startup, IFactStore store, SharedTablesSource tables, Committer committer, Combiner combiner, SupplierRejudger rejudger,
    SiloMap map, Lifeline lifeline, LivePlaces places, TimeProvider time, ILogger<SiloParts> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private Task _rejudging = Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe<SiloParts>(ServiceLifecycleStage.RuntimeStorageServices, StartStoreAsync, _ => Task.CompletedTask);
        observer.Subscribe<SiloParts>(ServiceLifecycleStage.GrainDirectoryShutdown - 1, _ => Task.CompletedTask, StopStoreAsync);
        observer.Subscribe<SiloParts>(ServiceLifecycleStage.Active + 1, StartWorkAsync, StopWorkAsync);
    }

    private async Task StartStoreAsync(CancellationToken cancellation)
    {
        await startup.PrepareAsync(cancellation);
        await tables.RefreshAsync(cancellation);
        await committer.StartAsync(map.Self.ToParsableString(), cancellation);
        lifeline.Proven();
    }

    private Task StartWorkAsync(CancellationToken cancellation)
    {
        _rejudging = Task.Run(() => rejudger.RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopWorkAsync(CancellationToken cancellation)
    {
        map.Drain();
        await _stopping.CancelAsync();
        await _rejudging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await IsToldAsync(cancellation);
        if (map.Active.Count == 0)
            return;
        var before = places.Count;
        places.MigrateAll();
        var started = time.GetTimestamp();
        while (places.Count > 0 && time.GetElapsedTime(started) < LongestDrain && !cancellation.IsCancellationRequested)
            await Task.Delay(DrainPause, time, CancellationToken.None);
        LogMigrated(before - places.Count, places.Count);
    }

    private async Task StopStoreAsync(CancellationToken cancellation)
    {
        // The longest that a store which is away may hold up the end; what was not acknowledged may then be stored or not.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestDrain);
        var writers = await committer.StopAsync(patience.Token);
        // Grains of other silos still answer; what is not told now, the log tells.
        var told = await IsToldAsync(patience.Token);
        LogDrained(told);
        try
        {
            foreach (var (writer, _) in writers)
            {
                await store.FenceWriterAsync(writer, patience.Token);
                if (told)
                    await store.BuryWriterAsync(writer, patience.Token);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // A survivor, or the next start, does it.
            LogNotBuried(e);
        }
    }

    private async Task<bool> IsToldAsync(CancellationToken cancellation)
    {
        var idle = combiner.WhenIdleAsync();
        return await Task.WhenAny(idle, Task.Delay(LongestDrain, time, cancellation)) == idle;
    }

    [LoggerMessage(LogLevel.Information, "Stopping: {Moved} places were given to other silos, {Left} were not")]
    private partial void LogMigrated(int moved, int left);

    [LoggerMessage(LogLevel.Information, "Stopping: places were told what was committed: {Told}")]
    private partial void LogDrained(bool told);

    [LoggerMessage(LogLevel.Warning, "Stopping: the writers are left for another silo to bury")]
    private partial void LogNotBuried(Exception exception);
}
