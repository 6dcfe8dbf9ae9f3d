using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>What the program says before it has spoken to any server.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("audit")]
    [InlineData("rebuild")]
    [InlineData("checkpoint")]
    public async Task A_server_that_is_away_ends_with_69_and_says_what_to_do(string command)
    {
        var server = $"http://127.0.0.1:{Ports.Free()}";
        var run = await CommandLine.RunAsync(command, "--server", server);

        Assert.Equal((69, ""), (run.ExitCode, run.Output));
        Assert.Contains($"No server answers at {server}", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--server or CLUSTERPULSE_SERVER", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "--server is '127.0.0.1'", "audit", "--server", "127.0.0.1")]
    [InlineData("nowhere", "CLUSTERPULSE_SERVER is 'nowhere'", "audit")]
    [InlineData(null, "'audti'", "audti")]
    [InlineData(null, "--without-source", "what-if", "regions/3205")]
    [InlineData(null, "'estates/sip'", "audit", "regions/3205", "estates/sip")]
    [InlineData(null, "'yaml'", "audit", "--output", "yaml")]
    [InlineData(null, "--timeout is 0", "audit", "--timeout", "0")]
    [InlineData(null, "--bureau", "registry", "import", "any.csv")]
    public async Task Wrong_arguments_end_with_64_and_are_named(string? variable, string named, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(variable, arguments);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_the_commands_and_what_the_exit_codes_mean()
    {
        var run = await CommandLine.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["Usage:", "audit", "rebuild", "checkpoint", "explain", "what-if", "Exit codes:", "69   no server answers"], word =>
            Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_is_in_the_language_of_the_locale()
    {
        var help = await CommandLine.RunAsync(null, ["explain", "--help"], "zh_CN.UTF-8");
        var wrong = await CommandLine.RunAsync(null, ["explain"], "zh_CN.UTF-8");

        Assert.Equal((0, 64), (help.ExitCode, wrong.ExitCode));
        Assert.All(["用法:", "选项:", "指标变动分解", "示例：", "clusterpulse explain regions/3205"], word => Assert.Contains(word, help.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("Usage", help.Output, StringComparison.Ordinal);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", wrong.Errors);
    }
}
