using k8s;

namespace ClusterPulse.Silo.Hosting;

/// <summary>A silo in a pod.</summary>
internal static class PodHosting
{
    /// <summary>Names the silo as its pod (<c>POD_NAME</c>), and has two silos watch the pods of its namespace (<c>POD_NAMESPACE</c>): one
    /// that was deleted takes its silo with it at once, without waiting for probes to fail. The pod's template has the labels that the watch
    /// goes by, so that reading pods is all this silo's account has to be allowed.</summary>
    public static ISiloBuilder UseClusterPulsePod(this ISiloBuilder silo) => silo.UseKubernetesHosting(hosting => hosting.Configure(
        // The pod's own account; outside of one, for tests, the file that KUBECONFIG names.
        o => o.GetClientConfiguration = KubernetesClientConfiguration.BuildDefaultConfig));
}
