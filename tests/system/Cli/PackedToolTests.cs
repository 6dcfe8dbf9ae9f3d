using System.Diagnostics;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>The command as people get it: packed, installed, run.</summary>
public sealed class PackedToolTests
{
    [Fact]
    public async Task The_packed_tool_installs_and_runs_in_both_languages()
    {
        using var folder = new TempFolder();
        await DotnetAsync(folder, "pack", Repository.Folder("cli"), "-c", Configuration, "--no-build", "-o", folder.Path, "--nologo");
        await DotnetAsync(folder, "tool", "install", "--tool-path", Path.Combine(folder.Path, "tools"), "--source", folder.Path, "ClusterPulse.Cli");
        var tool = Path.Combine(folder.Path, "tools", "clusterpulse");

        var (code, english, _) = await RunAsync(folder, tool, "en", "--help");
        Assert.Equal(0, code);
        Assert.Contains("Exit codes:", english, StringComparison.Ordinal);
        var (wrong, _, chinese) = await RunAsync(folder, tool, "zh", "explain");
        Assert.Equal(64, wrong);
        Assert.Contains("缺少所需参数", chinese, StringComparison.Ordinal);
    }

    /// <summary>The one the tests were built in.</summary>
    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static async Task DotnetAsync(TempFolder folder, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(folder, "dotnet", "en", arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)}\n{output}\n{errors}");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(TempFolder folder, string program, string language, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CLUSTERPULSE_LANG"] = language;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
