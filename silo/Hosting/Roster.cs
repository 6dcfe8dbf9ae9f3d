using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Keeps every known place active, so that its gauges are exported. Each silo looks after the places whose home it is,
/// so a dead silo's places come back at the next look, and no single grain has to live for that.</summary>
internal sealed class Roster(IFactStore store, IGrainFactory grains, SiloMap map, LivePlaces places)
{
    private const int Parallel = 16;

    private volatile bool _touched;
    private volatile bool _loaded;

    /// <summary>The places that this silo found its own after its start have been loaded. Places that come later do not take it back: a
    /// silo that is ready does not cease to be so because another one has died.</summary>
    public bool HasLoaded => _loaded || (_loaded = _touched && places.All.All(p => p.IsLoaded));

    /// <summary>Touches the places of this silo, and those that live here and belong elsewhere: these move.</summary>
    public async Task TouchAsync()
    {
        var own = (await store.LoadPlacesAsync(CancellationToken.None)).Where(p => map.IsHome(Places.Code(p)));
        var here = places.All.Select(p => p.Identity.Place).Where(p => !map.IsHome(Places.Code(p)));
        foreach (var some in own.Concat(here).Chunk(Parallel))
            await Task.WhenAll(some.Select(place => grains.PlaceGrain(place).TouchAsync()));
        _touched = true;
    }
}
