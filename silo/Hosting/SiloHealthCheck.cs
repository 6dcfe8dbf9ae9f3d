using ClusterPulse.Facts;
using ClusterPulse.Placement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Ready: this silo has joined, the store answers, it may commit, its places have been loaded since its start, and it is not
/// stopping.</summary>
internal sealed class SiloHealthCheck(Lifeline lifeline, SiloMap map, Roster roster, IFactStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifeline.IsFenced)
            return HealthCheckResult.Unhealthy(SiloLiveCheck.Fenced);
        if (map.IsDraining)
            return HealthCheckResult.Unhealthy("this silo is stopping");
        if (!map.Active.Contains(map.Self))
            return HealthCheckResult.Unhealthy("this silo has not joined the cluster yet");
        if (!lifeline.IsAlive)
            return HealthCheckResult.Unhealthy("the store has not answered this silo for a while");
        try
        {
            await store.ReadPositionsAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            return HealthCheckResult.Unhealthy("the store does not answer", e);
        }
        return roster.Missing() is { } missing ? HealthCheckResult.Unhealthy(missing) : HealthCheckResult.Healthy();
    }
}

/// <summary>Alive: worth keeping. A store that is away is no reason to start anew; having been declared dead is.</summary>
internal sealed class SiloLiveCheck(Lifeline lifeline) : IHealthCheck
{
    public const string Fenced = "this silo was declared dead, or another process has taken its place";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifeline.IsFenced ? HealthCheckResult.Unhealthy(Fenced) : HealthCheckResult.Healthy());
}
