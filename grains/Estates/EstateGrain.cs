using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Placement;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.Estates;

/// <summary>An industrial estate: a side view with members of its own.</summary>
[KeepAlive]
[RendezvousPlacement]
[GrainType("estate")]
public sealed class EstateGrain(LivePlaceFactory places, Committer committer, SharedTablesSource tables, SiloMap map) : Grain, IEstateGrain
{
    private readonly LivePlaceHost _host = new(places);

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        _host.StartAsync(Places.Estate(this.GetPrimaryKeyString()), GrainContext);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _host.StopAsync();

    public async Task<Estate> CreateAsync(Estate estate)
    {
        if (await GetAsync() is { } there)
            return there;
        var counted = new CellDelta(Places.Region(estate.Region), new(Measure.Estates, "", estate.ValidFrom), 1);
        // Not applied: another activation has registered it meanwhile.
        await committer.CommitAsync(new EstateChange(estate) { Deltas = [counted] });
        await tables.RefreshAsync();
        // The identity is made from the tables, so the activation starts again with it.
        await _host.StopAsync();
        await _host.StartAsync(Places.Estate(estate.Id), GrainContext);
        return await GetAsync() ?? estate;
    }

    public Task<Estate?> GetAsync() => Task.FromResult(tables.Current.Estates.GetValueOrDefault(this.GetPrimaryKeyString()));

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
