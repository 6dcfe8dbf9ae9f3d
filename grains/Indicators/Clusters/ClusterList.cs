using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>The clusters of a place that count as recognised.</summary>
public static class ClusterList
{
    /// <summary>Labels of those that definitions declare for the place or the watch list names, in order.</summary>
    /// <param name="cells">The place.</param>
    /// <param name="period">The month for which figures are made; what is named is named for all months.</param>
    public static IReadOnlyList<string> Of(CellView cells, Month period) => [.. cells.Around.NamedClusters.Select(c => c.Label)];
}
