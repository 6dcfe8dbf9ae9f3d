namespace ClusterPulse.Aggregation;

/// <summary>
/// Measures by the build that first knew them. While silos are replaced one by one, an older build holds places too, and cannot
/// store cells that it has no name for: until it is gone for good, commits log those alone that it knows. Then the new measures are
/// logged, everything is rebuilt once, and the figures that need them appear.
/// </summary>
public static class CellLevels
{
    /// <summary>Measures that every build knows.</summary>
    public const int First = 1;

    /// <summary>Births, deaths, growth by kind, survival of links and the network.</summary>
    public const int Second = 2;

    /// <summary>Clusters, investors, leading enterprises and suspect reports.</summary>
    public const int Third = 3;

    /// <summary>What suspect reports hold of a change.</summary>
    public const int Fourth = 4;

    /// <summary>What this build knows.</summary>
    public const int Newest = Fourth;

    /// <summary>The level that a measure came with.</summary>
    public static int Of(Measure measure) => measure switch
    {
        <= Measure.MemberHash => First,
        <= Measure.NetworkPair => Second,
        <= Measure.EmploymentByClass => Third,
        _ => Fourth,
    };

    /// <summary>Takes out, in place, what is above a level.</summary>
    public static void Limit(IReadOnlyDictionary<string, CellSums> sums, int level)
    {
        if (level >= Newest)
            return;
        foreach (var cells in sums.Values)
            cells.DropAbove(level);
    }
}

/// <summary>How far the change to new measures has come.</summary>
/// <param name="Logged">Commits log the measures up to this level.</param>
/// <param name="Rebuilt">Places hold the measures up to this level.</param>
public readonly record struct CellLevelState(int Logged, int Rebuilt);
