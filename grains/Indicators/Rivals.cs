using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>The declared rivals of a region, itself among them.</summary>
/// <param name="Set">Who they are, and what is watched in particular.</param>
/// <param name="Regions">Their sums, as far as anybody compares himself with them, in the order of the set.</param>
public sealed record Rivals(RivalSet Set, ImmutableArray<CellView> Regions)
{
    /// <summary>Null where there is no set, or where a region of it is not known.</summary>
    public static Rivals? Of(RivalSet? set, Func<string, CellView?> view)
    {
        if (set is null)
            return null;
        var regions = ImmutableArray.CreateBuilder<CellView>(set.Regions.Length);
        foreach (var region in set.Regions)
        {
            if (view(region) is not { } known)
                return null;
            regions.Add(known);
        }
        return new(set, regions.MoveToImmutable());
    }
}
