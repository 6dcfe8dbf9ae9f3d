using ClusterPulse.Facts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Ready: the store answers and this process may commit.</summary>
public sealed class SiloHealthCheck(Committer committer, IFactStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (committer.IsFenced)
            return HealthCheckResult.Unhealthy("another process has taken this one's place");
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
