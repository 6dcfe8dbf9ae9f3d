using System.Reflection;

namespace ClusterPulse.Silo;

/// <summary>Which build this is.</summary>
internal static class BuildVersion
{
    /// <summary>Version with the commit it was built from, where the build knows it.</summary>
    public static string Current { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
