using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Registry;

namespace ClusterPulse.Regions;

/// <summary>
/// What the places of this silo are compared with. Denominators travel down: the silo asks each upper place once, for all that it
/// hosts below; no region asks in its turn.
/// </summary>
public sealed class SurroundingsSource(IGrainFactory grains, IndicatorFormulas formulas, SharedTablesSource tables, StandingsSource standings)
{
    private const int Parallel = 16;

    private readonly ConcurrentDictionary<(string Place, Peer Peer), Held> _held = [];

    /// <summary>Sets by region. Rivals are compared by industry too, so there are none before all places hold that.</summary>
    private ImmutableDictionary<string, RivalSet> Rivals =>
        tables.Current is { CellLevel: >= CellLevels.Third } now ? now.RivalsByRegion : ImmutableDictionary<string, RivalSet>.Empty;

    /// <summary>Asks for what the given places are compared with and forgets the rest. A place that does not answer keeps the table
    /// that it gave last.</summary>
    /// <exception cref="AggregateException">Some did not answer.</exception>
    public async Task RefreshAsync(IEnumerable<PlaceIdentity> places)
    {
        var needed = new HashSet<(string Place, Peer Peer)>();
        foreach (var place in places)
        {
            var (nation, parent) = formulas.Peers(place.Place, place.Parent);
            if (nation is not null)
                needed.Add((nation, Peer.Nation));
            if (parent is not null)
                needed.Add((parent, Peer.Parent));
            foreach (var region in IndicatorFormulas.RivalsOf(place.Place, Rivals)?.Regions ?? [])
                needed.Add((Places.Region(region), Peer.Rivals));
        }
        foreach (var key in _held.Keys)
        {
            if (!needed.Contains(key))
                _held.TryRemove(key, out _);
        }
        var failures = new ConcurrentQueue<Exception>();
        foreach (var some in needed.Chunk(Parallel))
            await Task.WhenAll(some.Select(PullAsync));
        if (!failures.IsEmpty)
            throw new AggregateException(failures);

        async Task PullAsync((string Place, Peer Peer) key)
        {
            try
            {
                var newer = await grains.PlaceGrain(key.Place).GetDenominatorsAsync(key.Peer, _held.GetValueOrDefault(key)?.Stamp);
                if (newer is not null)
                    _held[key] = new(newer.Stamp, newer.Open());
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }
    }

    public Surroundings Of(PlaceIdentity place) =>
        formulas.Around(place.Place, place.Parent, Rivals, (other, peer) => Find(other, peer)?.View(formulas, tables.Current))
            with { Standings = standings.Of(place) };

    /// <summary>Changes when what the place is compared with has changed.</summary>
    public string StampOf(PlaceIdentity place)
    {
        var (nation, parent) = formulas.Peers(place.Place, place.Parent);
        var rivals = IndicatorFormulas.RivalsOf(place.Place, Rivals)?.Regions.Select(r => Find(Places.Region(r), Peer.Rivals)?.Stamp);
        return $"{Find(nation, Peer.Nation)?.Stamp} {Find(parent, Peer.Parent)?.Stamp} {standings.StampOf(place)} {string.Join(' ', rivals ?? [])}";
    }

    private Held? Find(string? place, Peer peer) => place is null ? null : _held.GetValueOrDefault((place, peer));

    /// <summary>One table, and the view of it that all places below share.</summary>
    private sealed class Held(string stamp, CellTable cells)
    {
        private (SharedTables Tables, CellView View)? _view;

        public string Stamp => stamp;

        public CellView View(IndicatorFormulas formulas, SharedTables tables)
        {
            lock (cells)
            {
                if (_view is { } held && ReferenceEquals(held.Tables, tables))
                    return held.View;
                var fresh = formulas.View(cells, tables.Rates, tables.Closed);
                _view = (tables, fresh);
                return fresh;
            }
        }
    }
}
