using ClusterPulse.Placement;
using k8s;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting.Kubernetes;

namespace ClusterPulse.Silo.Hosting;

/// <summary>
/// Looks every few seconds which pods there are, and declares silos dead whose pod is gone. Orleans' hosting package watches pods and mostly
/// knows it at once, but its watch is off after every other change of membership and does not catch up with what it missed (10.4.2).
/// One silo looks, the home of this task.
/// </summary>
internal sealed partial class PodCensus(
    IClusterMembershipService membership, SiloMap map, IOptions<KubernetesHostingOptions> hosting, IOptions<ClusterOptions> cluster, TimeProvider time,
    ILogger<PodCensus> logger) : BackgroundService
{
    private const string Key = "pods";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var configuration = hosting.Value.GetClientConfiguration();
        using var client = new Kubernetes(configuration);
        var space = Environment.GetEnvironmentVariable(KubernetesHostingOptions.PodNamespaceEnvironmentVariable) ?? configuration.Namespace;
        using var timer = new PeriodicTimer(Period, time);
        HashSet<SiloAddress> missing = [];
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    missing = map.IsHome(Key) ? await LookAsync(client, space, missing, stoppingToken) : [];
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    missing = [];
                    LogFailed(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    /// <param name="client">The API server's.</param>
    /// <param name="space">Namespace of the silos' pods.</param>
    /// <param name="before">Silos whose pods were missing at the look before: only who misses twice is dead.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Silos whose pods are missing now.</returns>
    private async Task<HashSet<SiloAddress>> LookAsync(Kubernetes client, string space, HashSet<SiloAddress> before, CancellationToken cancellation)
    {
        // Members first: one that joins while the server answers is not among them.
        var members = membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).ToList();
        var labels = $"{KubernetesHostingOptions.ServiceIdLabel}={cluster.Value.ServiceId},{KubernetesHostingOptions.ClusterIdLabel}={cluster.Value.ClusterId}";
        var answer = await client.CoreV1.ListNamespacedPodAsync(space, labelSelector: labels, cancellationToken: cancellation);
        var pods = answer.Items.Select(p => p.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        // A list that this silo itself is not in is not of this cluster's pods.
        if (!members.Any(m => m.SiloAddress.Equals(map.Self) && pods.Contains(m.Name)))
            return [];
        var missing = members.Where(m => !pods.Contains(m.Name)).ToDictionary(m => m.SiloAddress, m => m.Name);
        foreach (var (silo, pod) in missing.Where(m => before.Contains(m.Key)))
        {
            LogGone(pod, silo);
            await membership.TryKill(silo);
        }
        return [.. missing.Keys];
    }

    [LoggerMessage(LogLevel.Warning, "Pod {Pod} is gone, so its silo {Silo} is dead")]
    private partial void LogGone(string pod, SiloAddress silo);

    [LoggerMessage(LogLevel.Warning, "The look at the pods did not work this time")]
    private partial void LogFailed(Exception exception);
}
