using ClusterPulse.Access;
using ClusterPulse.Access.Tls;
using ClusterPulse.SystemTests.Support;

namespace ClusterPulse.SystemTests.Kubernetes;

/// <summary>Whether the programs know the arguments and settings that their containers give them.</summary>
internal static class SettingChecks
{
    /// <summary>Variables that the runtime, the hosting package and the programs read by these names.</summary>
    private static readonly HashSet<string> Known =
    [
        "POD_NAME", "POD_NAMESPACE", "POD_IP", "CLUSTERPULSE_POSTGRES", "DOTNET_PROCESSOR_COUNT", "DOTNET_USE_POLLING_FILE_WATCHER",
    ];

    private static readonly Dictionary<string, Type> Sections = new(StringComparer.Ordinal) { ["Tls"] = typeof(TlsOptions), ["Access"] = typeof(AccessOptions) };

    private static readonly Dictionary<string, Lazy<Task<CommandLine>>> Help = new(StringComparer.Ordinal)
    {
        ["clusterpulse-silo"] = new(() => CommandLine.OfAssemblyAsync("ClusterPulse.Silo.dll", "--help")),
        ["clusterpulse-gateway"] = new(() => CommandLine.OfAssemblyAsync("ClusterPulse.Gateway.dll", "--help")),
    };

    public static async IAsyncEnumerable<string> ProblemsAsync(Overlay overlay)
    {
        foreach (var workload in overlay.Workloads)
        {
            if (!Help.TryGetValue(workload.Container.Image.Split('/')[^1].Split(':')[0], out var help))
                continue;
            var text = (await help.Value).Output;
            foreach (var option in workload.Container.Args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).Select(a => a.Split('=')[0]))
            {
                if (!text.Contains($"  {option} ", StringComparison.Ordinal))
                    yield return $"{workload.Name}: the program has no option {option}";
            }
            foreach (var name in workload.Container.Env.Select(e => e.Name).Where(n => !Known.Contains(n) && !IsSetting(n)))
                yield return $"{workload.Name}: nothing reads {name}";
            foreach (var name in workload.Container.Args.Where(a => a.StartsWith("$(", StringComparison.Ordinal)).Select(a => a[2..^1]))
            {
                if (workload.Container.Env.All(e => e.Name != name))
                    yield return $"{workload.Name}: there is no variable {name}";
            }
        }
    }

    private static bool IsSetting(string name) =>
        name.Split("__") is [var section, var setting] && Sections.TryGetValue(section, out var options) && options.GetProperty(setting) is not null;
}
