using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Reference;
using ClusterPulse.Registry;

namespace ClusterPulse.Regions;

/// <summary>
/// The standings as this silo has them. It tells each nation's <see cref="IStandingsGrain"/> what has changed in the regions that it
/// hosts, and asks it for a newer table; no region asks in its turn.
/// </summary>
public sealed class StandingsSource(
    IGrainFactory grains, IndicatorFormulas formulas, SharedTablesSource tables, ReferenceData reference, TimeProvider time)
{
    private const int PlacesInMessage = 64;

    /// <summary>However it came about that a standing was lost: it is told again after this.</summary>
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Held> _nations = new(StringComparer.Ordinal);

    /// <summary>It has the table of every nation of which it hosts anything.</summary>
    public bool IsKnown => !_nations.IsEmpty && _nations.Values.All(n => n.Table is not null);

    /// <summary>Tells and asks once. One call at a time.</summary>
    public async Task ExchangeAsync(IEnumerable<LivePlace> places)
    {
        foreach (var nation in places.Where(p => NationOf(p.Identity.Place) is not null).GroupBy(p => NationOf(p.Identity.Place)!, StringComparer.Ordinal))
        {
            var held = _nations.GetOrAdd(nation.Key, _ => new());
            var grain = grains.GetGrain<IStandingsGrain>(nation.Key);
            if (time.GetElapsedTime(held.ToldAllAt) >= TellAgain)
                held.ForgetTold(time.GetTimestamp());
            List<LivePlace> here = [.. nation];
            // Twice where it turns out to know nothing of what it was told before.
            if (!await TellAsync(grain, held, here))
                await TellAsync(grain, held, here);
            held.Keep(here);
            if (await grain.GetTableAsync(held.Table?.Stamp) is { } newer)
                held.Table = newer;
        }
    }

    /// <summary>As a region sees them; null where it has none, or they are not known yet.</summary>
    public StandingsView? Of(PlaceIdentity place) =>
        Find(place)?.Open(formulas, tables.Current)?.Of(Places.Code(place.Place), place.Level);

    /// <summary>Changes when they have changed.</summary>
    public string? StampOf(PlaceIdentity place) => Find(place)?.Table?.Stamp;

    private Held? Find(PlaceIdentity place) => NationOf(place.Place) is { } nation ? _nations.GetValueOrDefault(nation) : null;

    private string? NationOf(string place) =>
        Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var region) && Standings.Has(region.Level.Word())
            ? region.Path[^1].Code
            : null;

    /// <summary>False where it is another activation than the one that was told the rest.</summary>
    private static async Task<bool> TellAsync(IStandingsGrain grain, Held held, List<LivePlace> places)
    {
        var some = new List<(LivePlace Place, PlaceStanding Standing)>();
        foreach (var place in places)
        {
            if (await place.StandingAsync(held.Told(place)) is { } fresh)
                some.Add((place, fresh));
            if (some.Count == PlacesInMessage && !await SendAsync())
                return false;
        }
        return await SendAsync();

        async Task<bool> SendAsync()
        {
            var same = held.IsOf(await grain.OfferAsync([.. some.Select(s => s.Standing)]));
            foreach (var (place, standing) in some)
                held.HasTold(place, standing.Revision);
            some.Clear();
            return same;
        }
    }

    /// <summary>What this silo has of one nation.</summary>
    private sealed class Held
    {
        private readonly Dictionary<LivePlace, long> _told = [];
        private string? _activation;
        private (StandingsTable Table, SharedTables Tables, OpenStandings Open)? _open;
        private StandingsTable? _table;

        public long ToldAllAt { get; private set; }

        public StandingsTable? Table
        {
            get => Volatile.Read(ref _table);
            set => Volatile.Write(ref _table, value);
        }

        public long? Told(LivePlace place) => _told.TryGetValue(place, out var revision) ? revision : null;

        public void HasTold(LivePlace place, long revision) => _told[place] = revision;

        public void ForgetTold(long now)
        {
            _told.Clear();
            ToldAllAt = now;
        }

        public void Keep(List<LivePlace> places)
        {
            foreach (var gone in _told.Keys.Except(places).ToList())
                _told.Remove(gone);
        }

        public bool IsOf(string activation)
        {
            if (_activation == activation)
                return true;
            _activation = activation;
            _told.Clear();
            return false;
        }

        /// <summary>One for all places, opened again when tables that its formulas need have changed.</summary>
        public OpenStandings? Open(IndicatorFormulas formulas, SharedTables tables)
        {
            lock (_told)
            {
                if (Table is not { } table)
                    return null;
                if (_open is { } open && ReferenceEquals(open.Table, table) && ReferenceEquals(open.Tables, tables))
                    return open.Open;
                var fresh = formulas.Open(table, tables.Rates, tables.Closed);
                _open = (table, tables, fresh);
                return fresh;
            }
        }
    }
}
