using k8s;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterPulse.Silo.Hosting;

/// <summary>A silo in a pod.</summary>
internal static class PodHosting
{
    /// <summary>Names the silo as its pod (<c>POD_NAME</c>), and has silos look at the pods of its namespace (<c>POD_NAMESPACE</c>): one that
    /// was deleted takes its silo with it, without waiting for probes to fail. The pod's template has the labels that they are found by, so
    /// that reading pods is all this silo's account has to be allowed.</summary>
    public static ISiloBuilder UseClusterPulsePod(this ISiloBuilder silo)
    {
        silo.UseKubernetesHosting(hosting => hosting.Configure(
            // The pod's own account; outside of one, for tests, the file that KUBECONFIG names.
            o => o.GetClientConfiguration = KubernetesClientConfiguration.BuildDefaultConfig));
        silo.Services.AddHostedService<PodCensus>();
        return silo;
    }
}
