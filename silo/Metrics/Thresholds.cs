using System.Diagnostics.Metrics;
using ClusterPulse.Regions;

namespace ClusterPulse.Silo.Metrics;

/// <summary>Thresholds as series, so that rules compare with what holds for each place.</summary>
public static class Thresholds
{
    public static IEnumerable<Measurement<double>> Of(PlaceHealth place)
    {
        _ = place;
        return [];
    }
}
