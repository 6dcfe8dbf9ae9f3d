namespace ClusterPulse.Silo.Metrics;

/// <summary>What a silo exports. Section <c>Metrics</c>.</summary>
public sealed class DomainMetricsOptions
{
    /// <summary>Gauges that show single firms too. Whoever reads Prometheus or Grafana then sees them.</summary>
    public bool FirmFigures { get; set; }
}
