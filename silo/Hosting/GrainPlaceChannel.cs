using ClusterPulse.Aggregation;
using ClusterPulse.Maintenance;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Reaches places through their grains.</summary>
internal sealed class GrainPlaceChannel(IGrainFactory grains) : IPlaceChannel
{
    public Task<long> SendAsync(string place, DeltaMessage message) => grains.PlaceGrain(place).ReceiveAsync(message);
}
