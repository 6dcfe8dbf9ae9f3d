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
        var deltas = new List<CellDelta>();
        EstateStock.Add(estate, 1, deltas);
        // Not applied: another activation has registered it meanwhile.
        await committer.CommitAsync(new EstateChange(estate) { Deltas = deltas });
        await tables.RefreshAsync();
        await RestartAsync();
        return await GetAsync() ?? estate;
    }

    public async Task<Estate?> UpdateAsync(Estate estate)
    {
        await tables.RefreshAsync();
        if (await GetAsync() is not { } held || held.Version != estate.Version || held.Region != estate.Region)
            return null;
        if (held == estate)
            return held;
        var deltas = new List<CellDelta>();
        EstateStock.Add(held, -1, deltas);
        EstateStock.Add(estate, 1, deltas);
        var ticket = await committer.CommitAsync(new EstateUpdated(estate with { Version = held.Version + 1 }) { Deltas = deltas });
        await tables.RefreshAsync();
        if (!ticket.Applied)
            return null;
        await RestartAsync();
        return await GetAsync();
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

    /// <summary>The identity is made from the tables, so the activation starts again with it.</summary>
    private async Task RestartAsync()
    {
        await _host.StopAsync();
        await _host.StartAsync(Places.Estate(this.GetPrimaryKeyString()), GrainContext);
    }

    public Task TouchAsync()
    {
        if (!map.IsHome(this.GetPrimaryKeyString()))
            MigrateOnIdle();
        return Task.CompletedTask;
    }
}
