using ClusterPulse.Aggregation;
using ClusterPulse.Registry;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Has this silo's places publish their figures anew where something has changed.</summary>
internal sealed partial class FigureRefresh(LivePlaces places, SharedTablesSource tables, TimeProvider time, ILogger<FigureRefresh> logger)
{
    /// <summary>What refreshing may take of one processor while nobody looks, as one in so many: the rest is for reports.</summary>
    private const int OneIn = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private long _ended;
    private TimeSpan _took;

    /// <summary>Refreshes now, before a scrape, so that it shows what is acknowledged. Those that come while a pass is under way, which has been
    /// at some places already, wait for the one after it together.</summary>
    public Task RunAsync()
    {
        lock (_gate)
            return _running.IsCompleted ? _running = PassAsync() : _next ??= AfterAsync(_running);
    }

    /// <summary>Refreshes if the last time is long enough ago for what it took.</summary>
    public Task RunAtLeisureAsync()
    {
        var pause = _took * OneIn;
        return time.GetElapsedTime(_ended) >= (pause < LongestPause ? pause : LongestPause) ? RunAsync() : Task.CompletedTask;
    }

    private async Task AfterAsync(Task pass)
    {
        await pass;
        lock (_gate)
        {
            _next = null;
            if (_running.IsCompleted)
                _running = PassAsync();
            pass = _running;
        }
        await pass;
    }

    private async Task PassAsync()
    {
        await Task.Yield();
        var started = time.GetTimestamp();
        var clusters = tables.Current.Clusters;
        foreach (var place in places.All)
        {
            if (!place.Identity.IsExported(clusters))
                continue;
            try
            {
                await place.RefreshAsync();
            }
            catch (Exception e)
            {
                // It is asked again the next time; the others have figures all the same.
                LogNotRefreshed(place.Identity.Place, e);
            }
        }
        _ended = time.GetTimestamp();
        _took = time.GetElapsedTime(started, _ended);
    }

    [LoggerMessage(LogLevel.Warning, "The figures of {Place} could not be computed this time")]
    private partial void LogNotRefreshed(string place, Exception exception);
}
