using System.Text.RegularExpressions;
using ClusterPulse.Access;
using ClusterPulse.SystemTests.Support;
using k8s.Models;
using YamlDotNet.Serialization;

namespace ClusterPulse.SystemTests.Kubernetes;

/// <summary>What Prometheus is told: that it finds what it scrapes, and that rules and dashboards are the project's own.</summary>
internal static partial class ScrapeChecks
{
    public static IEnumerable<string> Problems(Overlay overlay) => Monitors(overlay).Concat(Rules(overlay)).Concat(Dashboards(overlay));

    /// <summary>Secrets that a scrape uses: who, which, what of it.</summary>
    public static IEnumerable<(string Who, string Name, string Key)> Secrets(Dictionary<object, object> monitor)
    {
        foreach (var endpoint in Endpoints(monitor))
        {
            if (endpoint.TryGetValue("authorization", out var authorization) && Map(Map(authorization)["credentials"]) is { } token)
                yield return (NameOf(monitor), (string)token["name"], (string)token["key"]);
            if (endpoint.TryGetValue("tlsConfig", out var tls) && Map(Map(Map(tls)["ca"])["secret"]) is { } ca)
                yield return (NameOf(monitor), (string)ca["name"], (string)ca["key"]);
        }
    }

    private static IEnumerable<string> Monitors(Overlay overlay)
    {
        var monitors = overlay.OfOperator.Where(o => (string)o["kind"] == "ServiceMonitor").ToList();
        var jobs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var monitor in monitors)
        {
            var labels = Map(Map(Map(monitor["spec"])["selector"])["matchLabels"]).ToDictionary(l => (string)l.Key, l => (string)l.Value);
            var services = overlay.All<V1Service>().Where(s => labels.All(l => s.Metadata.Labels?.TryGetValue(l.Key, out var v) == true && v == l.Value)).ToList();
            if (services.Count != 1)
            {
                yield return $"{NameOf(monitor)} selects {services.Count} services";
                continue;
            }
            if (overlay.Workloads.FirstOrDefault(w => w.Matches(services[0].Spec.Selector)) is not { } pods)
                continue;
            foreach (var endpoint in Endpoints(monitor))
            {
                if (services[0].Spec.Ports.All(p => p.Name != (string)endpoint["port"]))
                    yield return $"{NameOf(monitor)}: Service {services[0].Metadata.Name} has no port {endpoint["port"]}";
                if (PathRights.All.All(p => p.Path != (string)endpoint["path"]))
                    yield return $"{NameOf(monitor)}: nothing is served at {endpoint["path"]}";
                var scheme = endpoint.TryGetValue("scheme", out var given) ? (string)given : "http";
                if (pods.Container.ReadinessProbe is { } probe && !scheme.Equals(probe.HttpGet.Scheme ?? "HTTP", StringComparison.OrdinalIgnoreCase))
                    yield return $"{NameOf(monitor)} speaks {scheme}, {pods.Name} does not";
                foreach (var relabeling in ((List<object>)endpoint["relabelings"]).Select(Map).Where(r => (string)r["targetLabel"] == "job"))
                    jobs.Add((string)relabeling["replacement"]);
            }
        }
        if (monitors.Count == 0)
            yield break;
        foreach (var job in RuleFiles().SelectMany(f => JobInRule().Matches(File.ReadAllText(f))).SelectMany(m => m.Groups["jobs"].Value.Split('|')).Distinct().Except(jobs))
            yield return $"rules ask for job {job}, which no scrape has";
    }

    private static IEnumerable<string> Rules(Overlay overlay)
    {
        var yaml = new DeserializerBuilder().Build();
        var deployed = overlay.OfOperator.Where(o => (string)o["kind"] == "PrometheusRule").Select(o => Text(o["spec"])).ToHashSet();
        if (deployed.Count == 0)
            yield break;
        foreach (var file in RuleFiles().Where(f => !deployed.Contains(Text(yaml.Deserialize<object>(File.ReadAllText(f))))))
            yield return $"the rules of {Path.GetFileName(file)} are not those that are deployed: run deploy/kubernetes/components/monitoring/make";
    }

    private static IEnumerable<string> Dashboards(Overlay overlay)
    {
        var maps = overlay.All<V1ConfigMap>().Where(m => m.Metadata.Labels?.ContainsKey("grafana_dashboard") == true).ToList();
        if (overlay.OfOperator.Count == 0)
            yield break;
        foreach (var file in Directory.GetFiles(Repository.Folder("deploy/grafana/dashboards")))
        {
            if (!maps.Any(m => m.Data.TryGetValue(Path.GetFileName(file), out var json) && json == File.ReadAllText(file)))
                yield return $"dashboard {Path.GetFileName(file)} is not deployed";
        }
    }

    /// <summary>The same for the same content, in whatever order its keys stand.</summary>
    private static string Text(object? value) => value switch
    {
        Dictionary<object, object> map => $"{{{string.Join('\n', map.Select(e => $"{e.Key}: {Text(e.Value)}").Order(StringComparer.Ordinal))}}}",
        List<object> list => $"[{string.Join('\n', list.Select(Text))}]",
        _ => $"'{value}'",
    };

    private static string[] RuleFiles() => Directory.GetFiles(Repository.Folder("deploy/prometheus"), "*.rules.yml");

    private static IEnumerable<Dictionary<object, object>> Endpoints(Dictionary<object, object> monitor) =>
        Map(monitor["spec"]).TryGetValue("endpoints", out var endpoints) ? ((List<object>)endpoints).Select(Map) : [];

    private static string NameOf(Dictionary<object, object> item) => $"{item["kind"]} {Map(item["metadata"])["name"]}";

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    [GeneratedRegex("\\bjob=~?\"(?<jobs>[^\"]+)\"")]
    private static partial Regex JobInRule();
}
