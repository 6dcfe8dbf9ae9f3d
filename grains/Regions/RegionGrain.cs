using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Placement;

namespace ClusterPulse.Regions;

/// <summary>A region of any level: its cells live, its figures on request.</summary>
[KeepAlive]
[RendezvousPlacement]
[GrainType("region")]
public sealed class RegionGrain(LivePlaceFactory places, SiloMap map) : Grain, IRegionGrain
{
    private readonly LivePlaceHost _host = new(places);

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        _host.StartAsync(Places.Region(this.GetPrimaryKeyString()), GrainContext);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _host.StopAsync();

    public Task<long> ReceiveAsync(DeltaMessage message) => _host.Place.ReceiveAsync(message);

    public Task<bool> CheckpointThroughAsync(ImmutableDictionary<int, long> positions) =>
        _host.Place.CheckpointThroughAsync(new(positions));

    public Task CatchUpAsync(ImmutableDictionary<int, long> positions) => _host.Place.CatchUpAsync(positions);

    public Task<PlaceHealth> GetHealthAsync(Month? period) => _host.Place.HealthAsync(period);

    public Task<ImmutableArray<PlaceFigure>> GetDetailsAsync() => _host.Place.DetailsAsync();

    public Task<DenominatorTable?> GetDenominatorsAsync(Peer peer, string? stamp) => _host.Place.DenominatorsAsync(peer, stamp);

    public Task<PlaceCells> GetCellsAsync(ImmutableArray<Measure> measures) => _host.Place.CellsAsync(measures);

    public Task<MemberProbe> ProbeAsync(ImmutableDictionary<int, long> positions) => _host.Place.ProbeAsync(positions);

    public Task TouchAsync()
    {
        if (!map.IsHome(this.GetPrimaryKeyString()))
            MigrateOnIdle();
        return Task.CompletedTask;
    }
}
