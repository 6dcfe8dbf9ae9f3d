using System.Text.RegularExpressions;
using ClusterPulse.SystemTests.Support;
using k8s.Models;

namespace ClusterPulse.SystemTests.Kubernetes;

/// <summary>Whether what the objects of an overlay refer to is there.</summary>
internal static partial class ReferenceChecks
{
    public static IEnumerable<string> Problems(Overlay overlay) =>
        Services(overlay).Concat(Budgets(overlay)).Concat(Policies(overlay)).Concat(Accounts(overlay)).Concat(Secrets(overlay)).Concat(Scaling(overlay));

    private static IEnumerable<string> Services(Overlay overlay)
    {
        foreach (var service in overlay.All<V1Service>())
        {
            var pods = overlay.Workloads.Where(w => w.Matches(service.Spec.Selector)).ToList();
            if (pods.Count != 1)
                yield return $"Service {service.Metadata.Name} selects {pods.Count} workloads";
            foreach (var port in service.Spec.Ports)
            {
                foreach (var pod in pods.Where(p => p.Port(port.TargetPort.Value) is not { } found || found.ContainerPort != port.Port))
                    yield return $"Service {service.Metadata.Name}: {pod.Name} has no port {port.TargetPort.Value} with number {port.Port}";
            }
        }
        foreach (var set in overlay.All<V1StatefulSet>().Where(s => overlay.All<V1Service>().All(v => v.Metadata.Name != s.Spec.ServiceName)))
            yield return $"StatefulSet {set.Metadata.Name}: there is no Service {set.Spec.ServiceName}";
    }

    private static IEnumerable<string> Budgets(Overlay overlay)
    {
        foreach (var budget in overlay.All<V1PodDisruptionBudget>().Where(b => overlay.Workloads.Count(w => w.Matches(b.Spec.Selector.MatchLabels)) != 1))
            yield return $"PodDisruptionBudget {budget.Metadata.Name} does not select one workload";
        foreach (var deployment in overlay.All<V1Deployment>())
        {
            var labels = new Workload("", null, deployment.Spec.Template);
            if (overlay.All<V1PodDisruptionBudget>().All(b => !labels.Matches(b.Spec.Selector.MatchLabels)))
                yield return $"Deployment {deployment.Metadata.Name} has no PodDisruptionBudget";
        }
    }

    private static IEnumerable<string> Policies(Overlay overlay)
    {
        foreach (var policy in overlay.All<V1NetworkPolicy>())
        {
            var name = $"NetworkPolicy {policy.Metadata.Name}";
            var pods = overlay.Workloads.Where(w => w.Matches(policy.Spec.PodSelector.MatchLabels)).ToList();
            if (pods.Count == 0)
                yield return $"{name} selects nothing";
            foreach (var (port, pod) in (policy.Spec.Ingress ?? []).SelectMany(i => i.Ports ?? []).SelectMany(p => pods.Select(w => (p, w))))
            {
                if (pod.Port(port.Port.Value) is null)
                    yield return $"{name}: {pod.Name} has no port {port.Port.Value}";
            }
            foreach (var from in (policy.Spec.Ingress ?? []).SelectMany(i => i.FromProperty ?? []).Where(f => f.PodSelector is not null))
            {
                if (!overlay.Workloads.Any(w => w.Matches(from.PodSelector.MatchLabels)))
                    yield return $"{name} lets in who there is not";
            }
            foreach (var egress in (policy.Spec.Egress ?? []).Where(e => e.To is not null))
            {
                var targets = overlay.Workloads.Where(w => egress.To.Any(t => w.Matches(t.PodSelector?.MatchLabels))).ToList();
                if (targets.Count == 0 || egress.Ports.Any(p => targets.All(t => t.Container.Ports.All(c => $"{c.ContainerPort}" != p.Port.Value))))
                    yield return $"{name} leads to nobody, or to a port that there is not";
            }
        }
        foreach (var workload in overlay.Workloads)
        {
            var policies = overlay.All<V1NetworkPolicy>().Where(p => workload.Matches(p.Spec.PodSelector.MatchLabels)).ToList();
            if (!policies.Any(p => p.Spec.PolicyTypes.Contains("Ingress")) || !policies.Any(p => p.Spec.PolicyTypes.Contains("Egress")))
                yield return $"{workload.Name} may talk to anybody";
        }
    }

    private static IEnumerable<string> Accounts(Overlay overlay)
    {
        foreach (var workload in overlay.Workloads)
        {
            var account = workload.Pod.ServiceAccountName;
            if (account is not null && overlay.All<V1ServiceAccount>().All(a => a.Metadata.Name != account))
                yield return $"{workload.Name}: there is no ServiceAccount {account}";
            var isBound = overlay.All<V1RoleBinding>().Any(b => b.Subjects.Any(s => s.Kind == "ServiceAccount" && s.Name == account));
            if (workload.Pod.AutomountServiceAccountToken != isBound)
                yield return $"{workload.Name} {(isBound ? "has a role and no token for it" : "has a token that it does not need")}";
        }
        foreach (var binding in overlay.All<V1RoleBinding>().Where(b => overlay.All<V1Role>().All(r => r.Metadata.Name != b.RoleRef.Name)))
            yield return $"RoleBinding {binding.Metadata.Name}: there is no Role {binding.RoleRef.Name}";
        foreach (var role in overlay.All<V1Role>())
        {
            if (role.Rules is not [{ ApiGroups: [""], Resources: ["pods"] } rule] || !rule.Verbs.ToHashSet().SetEquals(["get", "list", "watch"]))
                yield return $"Role {role.Metadata.Name} allows something else than reading pods";
        }
    }

    /// <summary>Secrets are the overlay's own, or stand in the table of those that the operator brings.</summary>
    private static IEnumerable<string> Secrets(Overlay overlay)
    {
        var own = overlay.All<V1Secret>().SelectMany(s => (s.StringData?.Keys ?? []).Select(k => (s.Metadata.Name, k))).ToHashSet();
        var brought = BroughtRow().Matches(File.ReadAllText(Repository.Folder("docs/kubernetes.md")))
            .SelectMany(m => KeyName().Matches(m.Groups["keys"].Value).Select(k => (m.Groups["name"].Value, k.Groups["key"].Value))).ToHashSet();
        var keys = overlay.Workloads.SelectMany(w => w.Container.Env.Where(e => e.ValueFrom?.SecretKeyRef is not null)
            .Select(e => (w.Name, e.ValueFrom.SecretKeyRef.Name, e.ValueFrom.SecretKeyRef.Key)));
        var files = overlay.Workloads.SelectMany(w => (w.Pod.Volumes ?? []).Where(v => v.Secret is not null).SelectMany(v => FilesOf(w, v).Select(f => (w.Name, v.Secret.SecretName, f))));
        var scrapes = overlay.OfOperator.SelectMany(ScrapeChecks.Secrets);
        foreach (var (who, name, key) in keys.Concat(files).Concat(scrapes).Where(r => !own.Contains((r.Item2, r.Item3)) && !(own.Count == 0 && brought.Contains((r.Item2, r.Item3)))))
            yield return $"{who}: there is no Secret {name} with {key}";
    }

    /// <summary>What the program's arguments name in the folder that a volume is mounted at.</summary>
    private static IEnumerable<string> FilesOf(Workload workload, V1Volume volume)
    {
        if (workload.Container.VolumeMounts.FirstOrDefault(m => m.Name == volume.Name) is not { } mount)
            return [];
        var folder = mount.MountPath + "/";
        return workload.Container.Args.Select(a => a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(a => a.StartsWith(folder, StringComparison.Ordinal)).Select(a => a[folder.Length..]);
    }

    private static IEnumerable<string> Scaling(Overlay overlay)
    {
        foreach (var scaler in overlay.All<V2HorizontalPodAutoscaler>())
        {
            var target = overlay.All<V1Deployment>().FirstOrDefault(d => d.Metadata.Name == scaler.Spec.ScaleTargetRef.Name);
            if (target is null)
            {
                yield return $"HorizontalPodAutoscaler {scaler.Metadata.Name}: there is no Deployment {scaler.Spec.ScaleTargetRef.Name}";
                continue;
            }
            if (target.Spec.Replicas is not null)
                yield return $"Deployment {target.Metadata.Name} says how many it is, and so does its scaler";
            if (scaler.Spec.Behavior.ScaleDown.StabilizationWindowSeconds <= target.Spec.Template.Spec.TerminationGracePeriodSeconds)
                yield return $"HorizontalPodAutoscaler {scaler.Metadata.Name} takes the next one away before the last has drained";
            foreach (var metric in scaler.Spec.Metrics.Where(m => m.Pods?.Metric.Name != PulseMetrics.QueueDepth.Replace('.', '_')))
                yield return $"HorizontalPodAutoscaler {scaler.Metadata.Name}: no silo exports {metric.Pods?.Metric.Name}";
        }
    }

    [GeneratedRegex(@"^\| `(?<name>clusterpulse-[a-z]+)` \| (?<keys>(`[a-z.-]+`(, )?)+) \|", RegexOptions.Multiline)]
    private static partial Regex BroughtRow();

    [GeneratedRegex("`(?<key>[a-z.-]+)`")]
    private static partial Regex KeyName();
}
