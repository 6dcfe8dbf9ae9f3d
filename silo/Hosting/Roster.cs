using System.Collections.Concurrent;
using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Keeps every known place active, so that its gauges are exported. Each silo looks after the places whose home it is,
/// so a dead silo's places come back at the next look, and no single grain has to live for that.</summary>
internal sealed partial class Roster(IFactStore store, IGrainFactory grains, SiloMap map, LivePlaces places, ILogger<Roster> logger)
{
    private const int Parallel = 16;

    /// <summary>This silo's own places at the last look; null before the first.</summary>
    private volatile IReadOnlyList<string>? _own;

    private volatile bool _loaded;

    /// <summary>What of this silo's own places is not here and loaded yet, in words; null once all were. Places that come later do not take
    /// that back: a silo that is ready does not cease to be so because another one has died.</summary>
    public string? Missing()
    {
        if (_loaded)
            return null;
        if (_own is not { } own)
            return "regions and estates have not been looked at yet";
        var here = places.All.Where(p => p.IsLoaded).Select(p => p.Identity.Place).ToHashSet(StringComparer.Ordinal);
        var missing = own.Where(p => !here.Contains(p)).ToList();
        if (missing.Count == 0)
        {
            _loaded = true;
            return null;
        }
        return string.Create(CultureInfo.InvariantCulture, $"of {own.Count} regions and estates {missing.Count} are still being loaded, {missing[0]} among them");
    }

    /// <summary>Touches the places of this silo, and those that live here and belong elsewhere: these move. One that cannot be touched does
    /// not keep the others waiting.</summary>
    public async Task TouchAsync()
    {
        List<string> own = [.. (await store.LoadPlacesAsync(CancellationToken.None)).Where(p => map.IsHome(Places.Code(p)))];
        _own = own;
        var here = places.All.Select(p => p.Identity.Place).Where(p => !map.IsHome(Places.Code(p)));
        var failed = new ConcurrentQueue<(string Place, Exception Exception)>();
        foreach (var some in own.Concat(here).Chunk(Parallel))
            await Task.WhenAll(some.Select(place => TouchAsync(place, failed)));
        if (failed.TryPeek(out var first))
            LogNotTouched(failed.Count, first.Place, first.Exception);
        // What could not be loaded is tried again.
        foreach (var place in places.All.Where(p => !p.IsLoaded))
            _ = place.EnsureLoadedAsync();
    }

    private async Task TouchAsync(string place, ConcurrentQueue<(string, Exception)> failed)
    {
        try
        {
            await grains.PlaceGrain(place).TouchAsync();
        }
        catch (Exception e)
        {
            failed.Enqueue((place, e));
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Failed} places could not be touched this time, {Place} first")]
    private partial void LogNotTouched(int failed, string place, Exception exception);
}
