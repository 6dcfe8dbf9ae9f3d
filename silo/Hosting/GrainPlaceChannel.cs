using System.Collections.Concurrent;
using ClusterPulse.Aggregation;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Reaches places through their grains.</summary>
internal sealed class GrainPlaceChannel(IGrainFactory grains) : IPlaceChannel
{
    // The grain factory looks the interface's type up by reflection at each reference: decision 0020.
    private readonly ConcurrentDictionary<string, IPlaceGrain> _places = new(StringComparer.Ordinal);

    public Task<long> SendAsync(string place, DeltaMessage message) => _places.GetOrAdd(place, grains.PlaceGrain).ReceiveAsync(message);
}
