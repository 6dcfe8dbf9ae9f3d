using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>The operator's commands, as a process against the running program.</summary>
public sealed class AdminCommandTests(AdminWorld world) : IClassFixture<AdminWorld>
{
    [Fact]
    public async Task A_clean_audit_ends_with_0_and_says_how_much_it_compared()
    {
        var run = await CommandLine.RunAsync("audit", "--server", world.Server);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"places compared\D+ 4 ", run.Output);
        Assert.Matches(@"cells that differ\D+ 0 ", run.Output);
        Assert.Contains("Every aggregate and every indicator is what the facts say", run.Output, StringComparison.Ordinal);
        Assert.Contains("audit of everything: 100 %", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_nothing_but_the_result_is_on_standard_output()
    {
        var audit = await CommandLine.RunAsync(world.Server, ["audit", "regions/320583", "--output", "json"]);
        var checkpoint = await CommandLine.RunAsync(world.Server, ["checkpoint", "--json"]);

        using var result = JsonDocument.Parse(audit.Output);
        Assert.Equal("1", result.RootElement.GetProperty("places").GetString());
        Assert.Equal("0", result.RootElement.GetProperty("differences").GetString());
        Assert.Equal("0", result.RootElement.GetProperty("figureDifferences").GetString());
        Assert.NotEqual("0", result.RootElement.GetProperty("cells").GetString());
        // The audit has stored them.
        using var stored = JsonDocument.Parse(checkpoint.Output);
        Assert.Equal("0", stored.RootElement.GetProperty("places").GetString());
        Assert.Equal((0, 0), (audit.ExitCode, checkpoint.ExitCode));
    }

    [Fact]
    public async Task An_audit_lists_a_places_figures_as_both_sides_have_them()
    {
        var run = await CommandLine.RunAsync(world.Server, ["audit", "--list", "regions/320583", "--json"]);
        var unknown = await CommandLine.RunAsync(world.Server, ["audit", "--list", "regions/999999"]);

        using var result = JsonDocument.Parse(run.Output);
        var output = result.RootElement.GetProperty("listed").EnumerateArray().Single(f => f.GetProperty("indicator").GetString() == "indicators/output_cny");
        Assert.Equal("regions/320583", output.GetProperty("name").GetString());
        Assert.Equal(6, output.GetProperty("live").GetProperty("value").GetDouble());
        Assert.Equal(6, output.GetProperty("recomputed").GetProperty("value").GetDouble());
        Assert.NotEqual(0, unknown.ExitCode);
        Assert.Contains("regions/999999", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_was_tampered_with_is_found_and_a_rebuild_puts_it_right()
    {
        await using var own = new AdminWorld();
        await own.InitializeAsync();
        Assert.Equal(0, (await CommandLine.RunAsync("checkpoint", "--server", own.Server)).ExitCode);
        await own.StopAsync();
        await TamperAsync(own.Folder);
        await own.StartAsync();

        var audit = await CommandLine.RunAsync("audit", "--server", own.Server);
        Assert.True(audit.ExitCode == 1, audit.ToString());
        Assert.Matches(@"regions/320583 +│ output +│ .*CNY +│ 2004-10 +│ 607 +│ 600 ", audit.Output);
        Assert.Contains("clusterpulse rebuild", audit.Output, StringComparison.Ordinal);
        var json = await CommandLine.RunAsync("audit", "regions/320583", "--json", "--server", own.Server);
        Assert.Equal(1, json.ExitCode);
        Assert.Contains("\"recomputed\": \"600\"", json.Output, StringComparison.Ordinal);

        var rebuild = await CommandLine.RunAsync("rebuild", "regions/320583", "--server", own.Server);
        Assert.True(rebuild.ExitCode == 0, rebuild.ToString());
        Assert.Contains("1 places from the facts of 3 enterprises", rebuild.Output, StringComparison.Ordinal);
        var again = await CommandLine.RunAsync("audit", "--server", own.Server);
        Assert.True(again.ExitCode == 0, again.ToString());
    }

    [Fact]
    public async Task An_unknown_place_ends_with_2_and_says_how_places_are_named()
    {
        foreach (var command in (string[])["audit", "rebuild"])
        {
            var run = await CommandLine.RunAsync(command, "regions/9999", "--server", world.Server);

            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("no place 'regions/9999'", run.Errors, StringComparison.Ordinal);
            Assert.Contains("regions/3205", run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_port_of_the_web_addresses_is_no_server_and_it_says_which_one_to_name()
    {
        var run = await CommandLine.RunAsync("audit", "--server", $"http://127.0.0.1:{world.HttpPort}");

        Assert.Equal((69, ""), (run.ExitCode, run.Output));
        Assert.Contains("5001", run.Errors, StringComparison.Ordinal);
    }

    private static async Task TamperAsync(string folder)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(folder, "clusterpulse.db")};Pooling=False");
        await store.OpenAsync();
        await using var change = store.CreateCommand();
        change.CommandText =
            "UPDATE cell SET amount = amount + 7 WHERE place = 'regions/320583' AND measure = 'output' AND industry = '' AND period = '2004-10'";
        Assert.Equal(1, await change.ExecuteNonQueryAsync());
    }
}
