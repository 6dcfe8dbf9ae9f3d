using ClusterPulse.SystemTests.Support;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace ClusterPulse.SystemTests.Kubernetes;

/// <summary>An overlay of <c>deploy/kubernetes</c> as <c>kubectl kustomize</c> renders it.</summary>
internal sealed class Overlay
{
    private const string Operator = "apiVersion: monitoring.coreos.com/";

    private static readonly Dictionary<string, Type> Kinds = new(StringComparer.Ordinal)
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Secret"] = typeof(V1Secret),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["batch/v1/Job"] = typeof(V1Job),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["rbac.authorization.k8s.io/v1/Role"] = typeof(V1Role),
        ["rbac.authorization.k8s.io/v1/RoleBinding"] = typeof(V1RoleBinding),
    };

    private Overlay(string name, IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects, IReadOnlyList<Dictionary<object, object>> ofOperator) =>
        (Name, Objects, OfOperator) = (name, objects, ofOperator);

    public string Name { get; }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    /// <summary>Objects of the Prometheus operator, of which there are no classes.</summary>
    public IReadOnlyList<Dictionary<object, object>> OfOperator { get; }

    /// <summary>All that makes pods.</summary>
    public IEnumerable<Workload> Workloads =>
    [
        .. All<V1Deployment>().Select(d => new Workload($"Deployment {d.Metadata.Name}", d.Spec.Selector.MatchLabels, d.Spec.Template)),
        .. All<V1StatefulSet>().Select(s => new Workload($"StatefulSet {s.Metadata.Name}", s.Spec.Selector.MatchLabels, s.Spec.Template)
        {
            Claims = [.. s.Spec.VolumeClaimTemplates.Select(c => c.Metadata.Name)],
        }),
        .. All<V1Job>().Select(j => new Workload($"Job {j.Metadata.Name}", null, j.Spec.Template)),
    ];

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    public T Single<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => All<T>().Single(o => o.Metadata.Name == name);

    public static async Task<string> TextAsync(string overlay)
    {
        var kubectl = await CommandLine.OfAsync("kubectl", "kustomize", Repository.Folder($"deploy/kubernetes/overlays/{overlay}"));
        return kubectl.ExitCode == 0 ? kubectl.Output : throw new InvalidOperationException($"kubectl kustomize: {kubectl.Errors}");
    }

    public static async Task<Overlay> RenderAsync(string overlay) => Read(overlay, await TextAsync(overlay));

    /// <summary>Reads rendered objects strictly.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">A field that there is not, or a value that does not fit.</exception>
    public static Overlay Read(string name, string text)
    {
        var documents = text.Split("\n---\n");
        var plain = new DeserializerBuilder().Build();
        return new(
            name,
            [.. documents.Where(d => !d.Contains(Operator, StringComparison.Ordinal))
                .SelectMany(d => KubernetesYaml.LoadAllFromString(d, Kinds, strict: true)).Cast<IKubernetesObject<V1ObjectMeta>>()],
            [.. documents.Where(d => d.Contains(Operator, StringComparison.Ordinal)).Select(d => plain.Deserialize<Dictionary<object, object>>(d))]);
    }
}

/// <summary>What makes pods.</summary>
/// <param name="Name">Kind and name.</param>
/// <param name="Selector">What it knows its pods by; null: it is none of those that say.</param>
/// <param name="Template">Of its pods.</param>
internal sealed record Workload(string Name, IDictionary<string, string>? Selector, V1PodTemplateSpec Template)
{
    /// <summary>Volumes that it makes beside those of the template.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Pod.Containers.Single();

    /// <summary>silo, gateway, store, demo.</summary>
    public string Component => Labels["app.kubernetes.io/component"];

    /// <summary>Whether it is one of our own programs that serves.</summary>
    public bool IsServer => Component is "silo" or "gateway";

    public bool Matches(IDictionary<string, string>? selector) =>
        (selector ?? new Dictionary<string, string>()).All(s => Labels.TryGetValue(s.Key, out var value) && value == s.Value);

    public V1ContainerPort? Port(string name) => Container.Ports?.FirstOrDefault(p => p.Name == name);
}
