using ClusterPulse.Aggregation;
using ClusterPulse.Registry;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Has this silo's places publish their figures anew where something has changed.</summary>
internal sealed class FigureRefresh(LivePlaces places, SharedTablesSource tables, TimeProvider time)
{
    /// <summary>What refreshing may take of one processor while nobody looks, as one in so many: the rest is for reports.</summary>
    private const int OneIn = 20;

    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private long _ended;
    private TimeSpan _took;

    /// <summary>Refreshes now: before a scrape, so that it shows what is acknowledged. Whoever comes meanwhile waits for the same pass.</summary>
    public Task RunAsync()
    {
        lock (_gate)
            return _running.IsCompleted ? _running = PassAsync() : _running;
    }

    /// <summary>Refreshes if the last time is long enough ago for what it took.</summary>
    public Task RunAtLeisureAsync() => time.GetElapsedTime(_ended) >= _took * OneIn ? RunAsync() : Task.CompletedTask;

    private async Task PassAsync()
    {
        await Task.Yield();
        var started = time.GetTimestamp();
        await tables.RefreshAsync();
        var clusters = tables.Current.Clusters;
        foreach (var place in places.All)
        {
            if (place.Identity.IsExported(clusters))
                await place.RefreshAsync();
        }
        _ended = time.GetTimestamp();
        _took = time.GetElapsedTime(started, _ended);
    }
}
