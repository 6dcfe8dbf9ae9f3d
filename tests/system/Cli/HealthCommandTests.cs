using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>What statisticians look at, as a process against the running program.</summary>
public sealed class HealthCommandTests(AdminWorld world) : IClassFixture<AdminWorld>
{
    [Fact]
    public async Task Health_shows_figures_with_names_in_the_language_of_the_locale()
    {
        var en = await CommandLine.RunAsync(world.Server, ["health", "320583", "--period", "2004-10"]);
        var zh = await CommandLine.RunAsync(world.Server, ["health", "320583", "--period", "2004-10"], "zh");

        Assert.True(en.ExitCode == 0, en.ToString());
        Assert.Matches(@"output_cny +\S.* 2004-10 +6 ", en.Output);
        Assert.Matches(@"output_cny +\p{IsCJKUnifiedIdeographs}+ .* 2004-10 +6 ", zh.Output);
        Assert.DoesNotMatch(@"NaN", en.Output);
    }

    [Fact]
    public async Task Health_as_json_is_the_apis_message_and_holds_only_the_indicators_asked_for()
    {
        var run = await CommandLine.RunAsync(world.Server, ["health", "regions/320583", "--period", "2004-09", "--indicator", "output_cny", "--output", "json"]);

        var health = JsonDocument.Parse(run.Output).RootElement;
        var figure = Assert.Single(health.GetProperty("observations").EnumerateArray());
        Assert.Equal("regions/320583", health.GetProperty("name").GetString());
        Assert.Equal(("2004-09", 3.0), (figure.GetProperty("period").GetString(), figure.GetProperty("value").GetDouble()));
    }

    [Fact]
    public async Task History_has_the_months_as_they_are_known_and_as_they_were_known()
    {
        Assert.Equal(0, (await CommandLine.RunAsync("checkpoint", "--server", world.Server)).ExitCode);
        var now = await CommandLine.RunAsync(world.Server, ["health", "320583", "--indicator", "output_cny", "--history", "--output", "json"]);
        var then = await CommandLine.RunAsync(world.Server, ["health", "320583", "--indicator", "output_cny", "--history", "--as-of", "2001-01-01", "--output", "json"]);

        var months = JsonDocument.Parse(now.Output).RootElement.GetProperty("observations").EnumerateArray()
            .Where(o => o.TryGetProperty("value", out _)).ToDictionary(o => o.GetProperty("period").GetString()!, o => o.GetProperty("value").GetDouble());
        Assert.Equal((3.0, 6.0), (months["2004-09"], months["2004-10"]));
        Assert.True(then.ExitCode == 0, then.ToString());
        Assert.DoesNotContain(JsonDocument.Parse(then.Output).RootElement.GetProperty("observations").EnumerateArray(), o => o.TryGetProperty("value", out _));
    }

    [Theory]
    [InlineData(2, "no place 'regions/999999'", "health", "999999")]
    [InlineData(2, "no indicator 'nonsense'", "health", "3205", "--indicator", "nonsense")]
    [InlineData(64, "--as-of is 'yesterday'", "health", "3205", "--as-of", "yesterday")]
    [InlineData(2, "no policy 'nonsense'", "policy", "get", "3205", "nonsense")]
    [InlineData(64, "--reason", "policy", "set", "3205", "local-linkage-low", "0.3")]
    [InlineData(2, "decided_by", "policy", "set", "3205", "local-linkage-low", "0.3", "--reason", "review")]
    public async Task What_is_wrong_is_named(int code, string named, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(world.Server, arguments);

        Assert.True(run.ExitCode == code, run.ToString());
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_inherited_set_and_taken_back()
    {
        var before = await ThresholdAsync("320583");

        var set = await CommandLine.RunAsync(world.Server, ["policy", "set", "3205", "local-linkage-low", "0.123", "--decided-by", "centre", "--reason", "review"]);
        Assert.True(set.ExitCode == 0, set.ToString());
        Assert.Equal(("regions/3205", 0.123), await ThresholdAsync("320583"));
        var list = await CommandLine.RunAsync(world.Server, ["policy", "list", "320583"]);
        Assert.Matches(@"local-linkage-low +0\.123 +regions/3205", list.Output);

        Assert.Equal(0, (await CommandLine.RunAsync(world.Server, ["policy", "reset", "3205", "local-linkage-low", "--decided-by", "centre"])).ExitCode);
        Assert.Equal(before, await ThresholdAsync("320583"));
    }

    private async Task<(string? Origin, double Threshold)> ThresholdAsync(string region)
    {
        var run = await CommandLine.RunAsync(world.Server, ["policy", "get", region, "local-linkage-low", "--output", "json"]);
        var policy = JsonDocument.Parse(run.Output).RootElement;
        return (policy.GetProperty("origin").GetString(), policy.GetProperty("threshold").GetDouble());
    }
}
