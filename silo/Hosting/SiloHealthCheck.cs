using ClusterPulse.Facts;
using ClusterPulse.Placement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Ready: the store answers, this silo may commit, and it is not stopping.</summary>
public sealed class SiloHealthCheck(Lifeline lifeline, SiloMap map, IFactStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifeline.IsFenced)
            return HealthCheckResult.Unhealthy("this silo was declared dead, or another process has taken its place");
        if (map.IsDraining)
            return HealthCheckResult.Unhealthy("this silo is stopping");
        if (!lifeline.IsAlive)
            return HealthCheckResult.Unhealthy("the store has not answered this silo for a while");
        try
        {
            await store.ReadPositionsAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException e)
        {
            return HealthCheckResult.Unhealthy("the store does not answer", e);
        }
    }
}
