using System.Diagnostics;
using ClusterPulse.SystemTests.Support;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>The older build whose sources are in <c>tests/upgrade</c>.</summary>
internal static class OldBuild
{
    /// <returns>Folder of its programs.</returns>
    public static async Task<string> MakeAsync()
    {
        var start = new ProcessStartInfo(Repository.Folder("tests/upgrade/make")) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"tests/upgrade/make failed: {await output}{error}");
    }
}
