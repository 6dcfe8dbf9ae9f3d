using System.Diagnostics;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>A real bash completes with the script that the program prints.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("clusterpulse reb", "rebuild")]
    [InlineData("clusterpulse rivals de", "delete")]
    [InlineData("clusterpulse explain regions/3205 output_cny --by ind", "industries")]
    [InlineData("clusterpulse audit --out", "--output")]
    [InlineData("clusterpulse audit --output j", "json")]
    [InlineData("clusterpulse completion z", "zsh")]
    public async Task Bash_completes(string line, string expected)
    {
        var script = await CommandLine.RunAsync("completion", "bash");
        Assert.Equal(0, script.ExitCode);

        Assert.Equal([expected], await CompleteAsync(script.Output, line));
    }

    [Fact]
    public async Task Every_shell_has_a_script_of_its_own()
    {
        var scripts = await Task.WhenAll(((string[])["bash", "zsh", "fish", "pwsh"]).Select(s => CommandLine.RunAsync("completion", s)));

        Assert.All(scripts, s => Assert.Contains("[suggest:", s.Output, StringComparison.Ordinal));
        Assert.Equal(4, scripts.Select(s => s.Output).Distinct().Count());
        Assert.Equal(64, (await CommandLine.RunAsync("completion", "cmd")).ExitCode);
    }

    /// <summary>What bash offers after the tab key at the end of a line.</summary>
    private static async Task<string[]> CompleteAsync(string script, string line)
    {
        using var folder = new TempFolder();
        var program = Path.Combine(folder.Path, "clusterpulse");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "clusterpulse.dll")}' \"$@\"\n");
        var harness = $$"""
            chmod +x '{{program}}'; PATH="{{folder.Path}}:$PATH"
            {{script}}
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p clusterpulse | sed 's/.*-F \([^ ]*\).*/\1/')
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", harness]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
