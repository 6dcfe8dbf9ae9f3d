using System.Globalization;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.Silo.Hosting;
using k8s.Models;

namespace ClusterPulse.SystemTests.Kubernetes;

/// <summary>What must hold of the pods of an overlay and no schema says.</summary>
internal static class PodChecks
{
    public static IEnumerable<string> Problems(Overlay overlay) => overlay.Workloads.SelectMany(w =>
        Labels(w).Concat(Security(w)).Concat(Resources(w)).Concat(Volumes(w)).Concat(Probes(w)).Concat(Ports(w)).Concat(End(w)).Select(p => $"{w.Name}: {p}"))
        .Concat(overlay.All<V1Deployment>().Where(d => d.Spec.Strategy?.RollingUpdate?.MaxUnavailable?.Value != "0").Select(d => $"Deployment {d.Metadata.Name}: an update makes it fewer"));

    private static IEnumerable<string> Labels(Workload workload)
    {
        if (workload.Selector is { } selector && !workload.Matches(selector))
            yield return "its selector does not match its own pods";
        foreach (var spread in workload.Pod.TopologySpreadConstraints ?? [])
        {
            if (!workload.Matches(spread.LabelSelector.MatchLabels))
                yield return $"the spread over {spread.TopologyKey} counts other pods";
        }
        if (workload.Component == "silo")
        {
            foreach (var label in (string[])["orleans/serviceId", "orleans/clusterId"])
            {
                if (!workload.Labels.TryGetValue(label, out var value) || value != ClusterMembership.Name)
                    yield return $"label {label} is not '{ClusterMembership.Name}', so that silos would have to be allowed to change pods";
            }
        }
    }

    /// <summary>The Pod Security Standard <c>restricted</c>, and a root that cannot be written to.</summary>
    private static IEnumerable<string> Security(Workload workload)
    {
        if (workload.Pod.SecurityContext is not { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" })
            yield return "it is not confined: runAsNonRoot, a user, seccompProfile";
        if (workload.Container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Capabilities: { Drop: ["ALL"], Add: null } })
            yield return "its container may do more than it needs";
        if (workload.Container.Image.EndsWith(":latest", StringComparison.Ordinal) || !workload.Container.Image.Contains(':', StringComparison.Ordinal))
            yield return $"image {workload.Container.Image} is whatever is newest";
    }

    private static IEnumerable<string> Resources(Workload workload)
    {
        var resources = workload.Container.Resources;
        if (resources?.Requests is not { } requests || !requests.ContainsKey("cpu") || !requests.ContainsKey("memory"))
            yield return "it does not say what it needs";
        if (resources?.Limits is not { } limits || !limits.ContainsKey("memory"))
            yield return "its memory has no limit, by which the runtime sizes its heap";
        else if (limits.ContainsKey("cpu"))
            yield return "its processor time is limited, which stops the collector in its middle";
    }

    private static IEnumerable<string> Volumes(Workload workload)
    {
        var known = (workload.Pod.Volumes ?? []).Select(v => v.Name).Concat(workload.Claims).ToList();
        var mounted = (workload.Container.VolumeMounts ?? []).Select(m => m.Name).ToList();
        foreach (var name in mounted.Except(known))
            yield return $"there is no volume {name}";
        foreach (var name in known.Except(mounted))
            yield return $"volume {name} is not mounted";
        foreach (var mount in (workload.Container.VolumeMounts ?? []).Where(m => m.SubPath is not null))
            yield return $"volume {mount.Name} is mounted as a single file, which is not renewed";
    }

    private static IEnumerable<string> Probes(Workload workload)
    {
        if (!workload.IsServer)
            yield break;
        var container = workload.Container;
        var isTls = container.Args.Any(a => a.StartsWith("--tls-cert", StringComparison.Ordinal));
        foreach (var (name, probe, path) in new (string, V1Probe?, string)[]
        {
            ("startup", container.StartupProbe, HealthPaths.Live),
            ("readiness", container.ReadinessProbe, HealthPaths.Ready),
            ("liveness", container.LivenessProbe, HealthPaths.Live),
        })
        {
            if (probe?.HttpGet is not { } get)
            {
                yield return $"it has no {name} probe";
                continue;
            }
            if (get.Path != path)
                yield return $"its {name} probe asks {get.Path} and not {path}";
            if (workload.Port(get.Port.Value) is null)
                yield return $"its {name} probe goes to port {get.Port.Value}, which there is not";
            if ((get.Scheme ?? "HTTP") != (isTls ? "HTTPS" : "HTTP"))
                yield return $"its {name} probe speaks {get.Scheme ?? "HTTP"}";
        }
    }

    private static IEnumerable<string> Ports(Workload workload)
    {
        var silo = new SiloAppOptions { ConnectionString = "" };
        var gateway = new ClusterGatewayOptions { ConnectionString = "" };
        Dictionary<string, int>? expected = workload.Component switch
        {
            "silo" => new() { ["silo"] = silo.SiloPort, ["client"] = silo.ClientPort, ["http"] = silo.HttpPort },
            "gateway" => new() { ["grpc"] = gateway.GrpcPort, ["http"] = gateway.HttpPort },
            _ => null,
        };
        if (expected is null)
            yield break;
        var actual = workload.Container.Ports.ToDictionary(p => p.Name, p => p.ContainerPort);
        foreach (var (name, port) in expected)
        {
            if (actual.GetValueOrDefault(name) != port)
                yield return string.Create(CultureInfo.InvariantCulture, $"port {name} is {actual.GetValueOrDefault(name)}, the program listens on {port}");
        }
        foreach (var name in actual.Keys.Except(expected.Keys))
            yield return $"nothing listens on port {name}";
    }

    private static IEnumerable<string> End(Workload workload)
    {
        if (!workload.IsServer)
            yield break;
        var needed = Shutdown.Longest.TotalSeconds + (workload.Container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);
        if ((workload.Pod.TerminationGracePeriodSeconds ?? 30) <= needed)
            yield return $"it is killed before its drain is over ({needed} s)";
        if (workload.Component == "gateway" && workload.Container.Lifecycle?.PreStop?.Sleep is null)
            yield return "it stops while clients are still sent to it";
    }
}
