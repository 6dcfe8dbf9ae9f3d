using System.Diagnostics;
using ClusterPulse.SystemTests.Support;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>The build that <c>tests/upgrade/from</c> names, made from the repository's history.</summary>
internal static class OldBuild
{
    /// <returns>Folder of its programs.</returns>
    public static async Task<string> MakeAsync()
    {
        var root = Repository.Folder(".");
        var commit = (await File.ReadAllTextAsync(Path.Combine(root, "tests/upgrade/from"))).Trim();
        var folder = Path.Combine(root, "artifacts/upgrade", commit);
        var programs = Path.Combine(folder, "artifacts/bin/ClusterPulse.Gateway/release");
        if (File.Exists(Path.Combine(programs, "ClusterPulse.Silo.dll")) && File.Exists(Path.Combine(folder, "made")))
            return programs;
        Directory.CreateDirectory(folder);
        await RunAsync(root, "bash", "-c", $"git archive {commit} | tar -x -C '{folder}'", $"the history does not have {commit}: fetch it (git fetch --unshallow)");
        await RunAsync(folder, "bash", "-c", "dotnet build gateway -c Release -m:2 -v quiet -nologo --disable-build-servers", "the old build does not build");
        await File.WriteAllTextAsync(Path.Combine(folder, "made"), "");
        return programs;
    }

    private static async Task RunAsync(string folder, string program, string option, string script, string advice)
    {
        var start = new ProcessStartInfo(program, [option, "set -eo pipefail; " + script])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{advice}\n{await output}{error}");
    }
}
