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
    public async Task A_server_that_is_away_ends_with_2_and_says_what_to_do(string command)
    {
        var server = $"http://127.0.0.1:{Ports.Free()}";
        var run = await CommandLine.RunAsync(command, "--server", server);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
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
    public async Task Wrong_arguments_end_with_2_and_are_named(string? variable, string named, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(variable, arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_the_commands_and_what_the_exit_codes_mean()
    {
        var run = await CommandLine.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["audit", "rebuild", "checkpoint", "explain", "what-if", "产业集群", "with 1 when an audit found differences"], word =>
            Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }
}
