using ClusterPulse.Aggregation;
using ClusterPulse.Estates;
using ClusterPulse.Facts;
using ClusterPulse.Registry;

namespace ClusterPulse.Maintenance;

/// <summary>One pass over the facts in one snapshot, through the same contribution function as live deltas.</summary>
public sealed class Rebuild(IFactStore store, IGeography geography, SharedTablesSource tables)
{
    /// <summary>Deltas are summed when this many have come together.</summary>
    private const int FlushAt = 100_000;

    /// <summary>Makes the cells of a place with everything below it, or of all places, and puts them in the stores' place.</summary>
    /// <param name="place">Null: all.</param>
    /// <param name="total">Enterprises there are, for progress.</param>
    /// <param name="progress">0..1.</param>
    /// <param name="cancellation">Gives up; nothing is changed then.</param>
    /// <returns>Null where the log floor moved meanwhile: try again.</returns>
    public async Task<RebuildResult?> RunAsync(string? place, long total, IProgress<double> progress, CancellationToken cancellation)
    {
        var cells = new Dictionary<string, CellTable>(StringComparer.Ordinal);
        var deltas = new List<CellDelta>();
        var enterprises = 0L;
        foreach (var estate in tables.Current.Estates.Values)
            EstateStock.Add(estate, 1, deltas);
        var level = (await store.ReadCellLevelAsync(cancellation)).Logged;
        var positions = await store.ReadAllAsync(
            state =>
            {
                var contribution = new Contribution(state, geography, 1, deltas);
                contribution.All();
                contribution.Member();
                if (deltas.Count >= FlushAt)
                    Flush();
                progress.Report(total == 0 ? 0 : Math.Min(1, (double)++enterprises / total));
                return ValueTask.CompletedTask;
            },
            cancellation);
        Flush();
        // Places that hold cells now and would hold none: their stored ones go.
        foreach (var known in await store.LoadPlacesAsync(cancellation))
        {
            if (Wanted(known))
                cells.TryAdd(known, new());
        }
        return await store.TryReplaceCheckpointsAsync(cells, positions, cancellation) ? new(enterprises, cells.Count) : null;

        void Flush()
        {
            foreach (var delta in deltas)
            {
                if (CellLevels.Of(delta.Key.Measure) > level)
                    continue;
                foreach (var target in geography.Path(delta.Place))
                {
                    if (!Wanted(target) || !geography.Adds(delta.Key.Measure, target))
                        continue;
                    if (!cells.TryGetValue(target, out var table))
                        cells.Add(target, table = new());
                    table.Add(delta.Key, delta.Amount);
                }
            }
            deltas.Clear();
        }

        bool Wanted(string candidate) => place is null || candidate == place
            || (Places.IsRegion(candidate) && geography.Path(candidate).Contains(place))
            || (Places.IsEstate(candidate) && geography.EstateRegion(Places.Code(candidate)) is { } region
                && geography.Path(Places.Region(region)).Contains(place));
    }
}
