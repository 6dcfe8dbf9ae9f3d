using System.Diagnostics;
using System.Security.Cryptography;
using ClusterPulse.SystemTests.Support;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>The older build whose sources are in <c>tests/upgrade</c>.</summary>
internal static class OldBuild
{
    /// <returns>Folder of its programs.</returns>
    public static async Task<string> MakeAsync()
    {
        var root = Repository.Folder("");
        var sources = Path.Combine(root, "tests/upgrade/older-build.tar.gz");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(sources)))[..12];
        var folder = Path.Combine(root, "artifacts/upgrade", hash);
        var programs = Path.Combine(folder, "artifacts/bin/ClusterPulse.Gateway/release");
        var made = Path.Combine(folder, "made");
        if (File.Exists(made))
            return programs;
        Directory.CreateDirectory(folder);
        await RunAsync(folder, "tar", "-xzf", sources);
        await RunAsync(folder, "cp", "-r", Path.Combine(root, "grains/Reference/Tables"), "grains/Reference/");
        // It was judged when it was new.
        await RunAsync(folder, "dotnet", "build", "gateway", "-c", "Release", "-m:2", "-v", "quiet", "-nologo", "-p:RunAnalyzers=false");
        await File.WriteAllTextAsync(made, "");
        return programs;
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await output}{error}");
    }
}
