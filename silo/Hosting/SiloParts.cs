using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Registry;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Hosting;

/// <summary>What a store has to do before anything reads it.</summary>
public interface IStoreStartup
{
    Task PrepareAsync(CancellationToken cancellation);
}

/// <summary>Starts and stops the parts of a silo that are not grains, in the order that loses nothing: the writer opens before
/// grains work and closes after they have gone.</summary>
internal sealed partial class SiloParts(
    IStoreStartup store, SharedTablesSource tables, Committer committer, Combiner combiner, SupplierRejudger rejudger,
    ILogger<SiloParts> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(10);

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
        await store.PrepareAsync(cancellation);
        await tables.RefreshAsync(cancellation);
        await committer.StartAsync(Environment.MachineName, cancellation);
    }

    private Task StartWorkAsync(CancellationToken cancellation)
    {
        _rejudging = Task.Run(() => rejudger.RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopWorkAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _rejudging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // While grains still answer; what is not told now, the log tells at the next start.
        var told = await Task.WhenAny(combiner.WhenIdleAsync(), Task.Delay(LongestDrain, cancellation)) is { IsCanceled: false };
        LogDrained(told);
    }

    private Task StopStoreAsync(CancellationToken cancellation) => committer.StopAsync();

    [LoggerMessage(LogLevel.Information, "Stopping: places were told what was committed: {Told}")]
    private partial void LogDrained(bool told);
}
