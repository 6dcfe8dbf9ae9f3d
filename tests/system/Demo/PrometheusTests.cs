using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>A real Prometheus scrapes the running demo with the rules as they are deployed.</summary>
[Collection(DemoCollection.Name)]
public sealed class PrometheusTests(RunningDemo demo)
{
    private readonly PrometheusServer _prometheus = demo.Prometheus;

    [Fact]
    public async Task The_alerts_that_fire_are_those_that_the_demo_printed_and_every_query_of_the_dashboard_answers()
    {
        await SettledAsync();
        Assert.Equal(Printed(), await FiringAsync());
        await DashboardQueriesAnswerAsync();
    }

    /// <summary>Alerts of the table that the demo printed: name, level, code.</summary>
    private List<string> Printed()
    {
        var table = demo.Gateway.Output[demo.Gateway.Output.IndexOf("Alerts that the rules raise", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("The cases side by side", StringComparison.Ordinal)];
        return [.. table.Split('\n').Where(l => l.StartsWith('│')).Select(l => l.Split('│', StringSplitOptions.TrimEntries))
            .Where(c => c[1].Length > 0 && c[1] != "alert").Select(c => $"{c[1]} {c[2]}").Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> FiringAsync() =>
        [.. (await _prometheus.AlertsAsync("firing")).Select(a => $"{a["alertname"]} {a.GetValueOrDefault("level")}/{a.GetValueOrDefault("code")}").Order(StringComparer.Ordinal)];

    /// <summary>Waits until something fires, nothing is pending, and that holds for a while.</summary>
    private async Task SettledAsync()
    {
        var calm = 0;
        await Eventually.TrueAsync(async () =>
        {
            var settled = (await _prometheus.AlertsAsync("firing")).Count > 0 && (await _prometheus.AlertsAsync("pending")).Count == 0;
            calm = settled ? calm + 1 : 0;
            await Task.Delay(1_000);
            return calm >= 15;
        }, seconds: 180);
    }

    private async Task DashboardQueriesAnswerAsync()
    {
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Folder("deploy/grafana/dashboards/region.json")));
        var variables = new Dictionary<string, string>
        {
            ["province"] = "32",
            ["prefecture"] = "3205",
            ["county"] = "320583",
            ["region"] = "320583",
            ["estate"] = "sip",
            ["code"] = "3205",
            ["level"] = "prefecture",
            ["name"] = "regions/3205",
        };
        var failures = new List<string>();
        foreach (var variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray())
        {
            var query = variable.GetProperty("query").GetProperty("query").GetString()!;
            Assert.StartsWith("query_result(", query, StringComparison.Ordinal);
            await AnswersAsync(query["query_result(".Length..^1]);
        }
        var targets = 0;
        foreach (var target in Targets(dashboard.RootElement.GetProperty("panels")))
        {
            targets++;
            if (target.TryGetProperty("expr", out var expression))
                await AnswersAsync(expression.GetString()!);
            else
                await ServesAsync(Fill(target.GetProperty("url").GetString()!));
        }
        Assert.True(targets > 30, $"{targets} targets");
        Assert.True(failures.Count == 0, string.Join('\n', failures));

        async Task AnswersAsync(string expression)
        {
            if ((await _prometheus.QueryAsync(Fill(expression))).Count == 0)
                failures.Add($"empty: {Fill(expression)}");
        }

        async Task ServesAsync(string url)
        {
            using var answer = JsonDocument.Parse(await demo.Gateway.GetAsync(new Uri(url).PathAndQuery));
            if (answer.RootElement.GetProperty("observations").GetArrayLength() == 0)
                failures.Add($"empty: {url}");
        }

        string Fill(string text)
        {
            foreach (var (name, value) in variables.OrderByDescending(v => v.Key.Length))
                text = text.Replace($"${{{name}}}", value, StringComparison.Ordinal).Replace($"${name}", value, StringComparison.Ordinal);
            return text;
        }
    }

    private static IEnumerable<JsonElement> Targets(JsonElement panels)
    {
        foreach (var panel in panels.EnumerateArray())
        {
            if (panel.TryGetProperty("targets", out var targets))
            {
                foreach (var target in targets.EnumerateArray())
                    yield return target;
            }
            if (panel.TryGetProperty("panels", out var inner))
            {
                foreach (var target in Targets(inner))
                    yield return target;
            }
        }
    }
}
