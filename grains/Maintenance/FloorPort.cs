using ClusterPulse.Aggregation;
using ClusterPulse.Placement;

namespace ClusterPulse.Maintenance;

/// <summary>Hands what concerns all activations of a silo to each of them, duplicates included: that is why it goes through
/// the silo's registry and not through the grain directory.</summary>
[GrainType("floor-port")]
[SiloKeyedPlacement]
public sealed class FloorPort(LivePlaces places) : Grain, IFloorPort
{
    public async Task FloorMovedAsync()
    {
        foreach (var place in places.All)
            await place.FloorMovedAsync();
    }
}
