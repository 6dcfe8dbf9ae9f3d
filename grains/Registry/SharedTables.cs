using System.Collections.Frozen;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;

namespace ClusterPulse.Registry;

/// <summary>Small tables that every figure may need, immutable, as of one reading of the store.</summary>
public sealed record SharedTables
{
    public static readonly SharedTables Empty = new();

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, Estate> Estates { get; init; } = ImmutableDictionary<string, Estate>.Empty;

    public ImmutableHashSet<(Feed Feed, Month Period)> Closed { get; init; } = [];

    public ExchangeRates Rates { get; init; } = ExchangeRates.None;

    /// <summary>Own thresholds of regions: (region code, policy).</summary>
    public ImmutableDictionary<(string Region, string Policy), double> Thresholds { get; init; } =
        ImmutableDictionary<(string, string), double>.Empty;

    /// <summary>Declared rivals, in the order of their ids.</summary>
    public ImmutableArray<RivalSet> RivalSets { get; init; } = [];

    /// <summary>The set of each region that is in one.</summary>
    public ImmutableDictionary<string, RivalSet> RivalsByRegion { get; init; } = ImmutableDictionary<string, RivalSet>.Empty;

    /// <summary>Clusters that people name, and the watch list.</summary>
    public ClusterRegister Clusters { get; init; } = ClusterRegister.Empty;

    /// <summary>The calendar that the centre has set; null: that of the configuration holds.</summary>
    public CalendarRules? Calendar { get; init; }

    /// <summary>In the order of their ids.</summary>
    public ImmutableArray<ObligationRule> ObligationRules { get; init; } = [];

    /// <summary>Which measures places hold, see <see cref="CellLevels"/>.</summary>
    public int CellLevel { get; init; } = CellLevels.First;

    /// <summary>Goes up with each change.</summary>
    public long Revision { get; init; }
}

/// <summary>Reads the shared tables from the store and holds the newest.</summary>
public sealed class SharedTablesSource(IFactStore store)
{
    private SharedTables _current = SharedTables.Empty;

    /// <summary>The newest reading.</summary>
    public SharedTables Current => Volatile.Read(ref _current);

    /// <summary>Reads again; after each commit that changed one, and once a second for those of other silos.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation = default)
    {
        var estates = await store.LoadEstatesAsync(cancellation);
        var closed = await store.LoadClosedPeriodsAsync(cancellation);
        var rates = await store.LoadExchangeRatesAsync(cancellation);
        var policies = await store.LoadAlertPoliciesAsync(cancellation);
        var rivals = await store.LoadRivalSetsAsync(cancellation);
        var definitions = await store.LoadClusterDefinitionsAsync(cancellation);
        var watches = await store.LoadClusterWatchesAsync(cancellation);
        var calendar = await store.LoadCalendarAsync(cancellation);
        var obligations = await store.LoadObligationRulesAsync(cancellation);
        var level = await store.ReadCellLevelAsync(cancellation);
        var before = Current;
        var next = new SharedTables
        {
            Estates = estates.ToImmutableDictionary(e => e.Id, StringComparer.Ordinal),
            Closed = [.. closed.Select(c => (c.Feed, c.Period))],
            Rates = new(rates.ToFrozenDictionary(r => (r.Currency, r.Target, r.Period), r => r.Rate)),
            Thresholds = policies.Where(p => p.Threshold is not null)
                .ToImmutableDictionary(p => (p.Region, p.Policy), p => p.Threshold!.Value),
            RivalSets = [.. rivals],
            RivalsByRegion = RivalSet.ByRegion(rivals),
            Clusters = new(definitions.Where(d => !d.Deleted).Select(d => d.Definition), watches),
            Calendar = calendar,
            ObligationRules = [.. obligations],
            CellLevel = level.Rebuilt,
        };
        var same = before.Estates.Count == next.Estates.Count
            && next.Estates.Values.All(e => before.Estates.TryGetValue(e.Id, out var known) && known.Version == e.Version)
            && before.Calendar?.Version == next.Calendar?.Version
            && before.ObligationRules.Select(r => (r.Id, r.Version)).SequenceEqual(next.ObligationRules.Select(r => (r.Id, r.Version)))
            && before.Closed.Count == next.Closed.Count
            && before.Rates.SameAs(next.Rates) && before.CellLevel == next.CellLevel
            && before.RivalSets.Select(s => (s.Id, s.Version)).SequenceEqual(next.RivalSets.Select(s => (s.Id, s.Version)))
            && before.Thresholds.Count == next.Thresholds.Count && before.Clusters.SameAs(next.Clusters)
            && next.Thresholds.All(t => before.Thresholds.TryGetValue(t.Key, out var value) && value.Equals(t.Value));
        if (!same)
            Volatile.Write(ref _current, next with { Revision = before.Revision + 1 });
    }
}
