using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Estates;
using ClusterPulse.Facts;
using ClusterPulse.Placement;
using ClusterPulse.Regions;

namespace ClusterPulse.Maintenance;

/// <summary>
/// Has every place that the log names catch up to one vector of writer positions and store a checkpoint; then deletes the log
/// up to there and records the vector as the floor, below which every place counts as caught up. Given up half way, it has
/// changed nothing that matters.
/// </summary>
public sealed class CheckpointCycle(IFactStore store, IGrainFactory grains, ISiloDirectory silos, MaintenanceGauges gauges)
{
    /// <summary>Places that store at the same time.</summary>
    private const int Parallel = 16;

    /// <returns>Places that stored a checkpoint; −1 where the cycle was given up.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = gauges.Now();
        var positions = await store.ReadPositionsAsync(cancellation);
        var touched = await store.FindTouchedAsync(positions, cancellation);
        var vector = positions.Positions.ToImmutableDictionary();
        foreach (var some in touched.Chunk(Parallel))
        {
            var stored = await Task.WhenAll(some.Select(place => grains.PlaceGrain(place).CheckpointThroughAsync(vector)));
            if (stored.Contains(false))
                return -1;
        }
        if (touched.Count > 0)
        {
            await store.MoveFloorAsync(positions, cancellation);
            await TellFloorAsync();
        }
        gauges.FloorMoved(now);
        return touched.Count;
    }

    /// <summary>Tells every silo's activations to look at the floor and at their stored version.</summary>
    public async Task TellFloorAsync()
    {
        foreach (var silo in await silos.ActiveAsync(fresh: true))
            await grains.GetGrain<IFloorPort>(silo.ToParsableString()).FloorMovedAsync();
    }
}

/// <summary>From a place's name to its grain.</summary>
public static class PlaceGrains
{
    public static IPlaceGrain PlaceGrain(this IGrainFactory grains, string place) => Places.IsEstate(place)
        ? grains.GetGrain<IEstateGrain>(Places.Code(place))
        : grains.GetGrain<IRegionGrain>(Places.Code(place));
}
