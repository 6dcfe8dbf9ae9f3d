using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Estates;

/// <summary>What an estate adds to the stock of its region: one from its first month until it exists no more.</summary>
public static class EstateStock
{
    /// <summary>Adds the estate (+1) or takes it away (−1).</summary>
    public static void Add(Estate estate, int sign, List<CellDelta> into)
    {
        ArgumentNullException.ThrowIfNull(estate);
        ArgumentNullException.ThrowIfNull(into);
        into.Add(new(Places.Region(estate.Region), new(Measure.Estates, "", estate.ValidFrom), sign));
        if (estate.ClosedFrom is { } closed)
            into.Add(new(Places.Region(estate.Region), new(Measure.Estates, "", closed), -sign));
    }
}
