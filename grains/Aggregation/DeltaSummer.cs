using System.Runtime.InteropServices;
using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>Sums what the changes of one commit cause, per place: every level is fed by this one rule.</summary>
public static class DeltaSummer
{
    /// <summary>Σ of the deltas of the changes that were applied; a region's go to every region above it too.</summary>
    public static IReadOnlyDictionary<string, CellSums> Sum(
        IReadOnlyList<Change> changes, IReadOnlyList<bool> applied, IGeography geography)
    {
        // First where the deltas arise: most cancel or merge there, before they are taken up the tree.
        var leaves = new Dictionary<string, CellSums>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (!applied[i])
                continue;
            var (place, own) = ("", (CellSums?)null);
            foreach (ref readonly var delta in DeltasOf(changes[i]))
            {
                // Neighbours are mostly of one place, and of one instance of its name.
                if (own is null || !ReferenceEquals(place, delta.Place))
                    (place, own) = (delta.Place, SumsOf(leaves, delta.Place));
                own.Add(delta.Key, delta.Amount);
            }
        }
        var places = new Dictionary<string, CellSums>(StringComparer.Ordinal);
        foreach (var (leaf, sums) in leaves)
        {
            sums.DropZeros();
            if (sums.Count == 0)
                continue;
            foreach (var place in geography.Path(leaf))
            {
                var upper = SumsOf(places, place);
                foreach (var (key, amount) in sums)
                {
                    if (geography.Adds(key.Measure, place))
                        upper.Add(key, amount);
                }
            }
        }
        return places;
    }

    private static ReadOnlySpan<CellDelta> DeltasOf(Change change) =>
        change.Deltas is List<CellDelta> list ? CollectionsMarshal.AsSpan(list) : change.Deltas.ToArray();

    private static CellSums SumsOf(Dictionary<string, CellSums> places, string place)
    {
        if (!places.TryGetValue(place, out var sums))
            places.Add(place, sums = new());
        return sums;
    }
}
