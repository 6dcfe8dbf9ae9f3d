using ClusterPulse.Aggregation;
using ClusterPulse.Reference;
using ClusterPulse.Registry;

namespace ClusterPulse.Cli.Indicators;

/// <summary>Cells of all places, made from a folder of facts by the contribution function that live deltas go through.</summary>
internal static class FactCells
{
    /// <param name="facts">What was read.</param>
    /// <param name="reference">The region tree.</param>
    /// <param name="progress">0..1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By place.</returns>
    public static Dictionary<string, CellTable> Make(
        FactFolder facts, ReferenceData reference, Action<double> progress, CancellationToken cancellation)
    {
        var geography = new Geography(reference, id => facts.Estates.GetValueOrDefault(id)?.Region);
        var cells = new Dictionary<string, CellTable>(StringComparer.Ordinal);
        var deltas = new List<CellDelta>();
        foreach (var estate in facts.Estates.Values)
            deltas.Add(new(Places.Region(estate.Region), new(Measure.Estates, "", estate.ValidFrom), 1));
        Add();
        for (var i = 0; i < facts.Enterprises.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            new Contribution(facts.Enterprises[i], geography, 1, deltas).All();
            Add();
            progress((i + 1.0) / facts.Enterprises.Count);
        }
        return cells;

        void Add()
        {
            foreach (var delta in deltas)
            {
                foreach (var place in geography.Path(delta.Place))
                {
                    if (!geography.Adds(delta.Key.Measure, place))
                        continue;
                    if (!cells.TryGetValue(place, out var table))
                        cells.Add(place, table = new(Places.IsEstate(place)));
                    table.Add(delta.Key, delta.Amount);
                }
            }
            deltas.Clear();
        }
    }
}
