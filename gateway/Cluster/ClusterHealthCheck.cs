using ClusterPulse.Gateway.Errors;
using ClusterPulse.Placement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterPulse.Gateway.Cluster;

/// <summary>Ready: the cluster answers, and at least one silo is active.</summary>
public sealed class ClusterHealthCheck(ISiloDirectory silos) : IHealthCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var active = await silos.ActiveAsync().AsTask().WaitAsync(Longest, cancellationToken);
            return active.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("no silo is active");
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            return HealthCheckResult.Unhealthy("the cluster does not answer", e);
        }
    }
}
