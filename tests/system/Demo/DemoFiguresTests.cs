using ClusterPulse.Demo;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Xunit;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>The Suzhou case as the demo shows it in its table, in the API and in the gauges.</summary>
[Collection(DemoCollection.Name)]
public sealed class DemoFiguresTests(RunningDemo demo)
{
    private readonly GatewayProcess _gateway = demo.Gateway;

    [Fact]
    public async Task Suzhou_has_the_figures_of_the_paper()
    {
        var health = await new IndicatorService.IndicatorServiceClient(_gateway.Channel).GetHealthAsync(new() { Name = "regions/3205" });

        Assert.Equal((double)DemoFacts.LinkedBuyers / DemoFacts.ForeignFunded, Picture.Value(health, "local_linkage_ratio"), 12);
        Assert.Equal(DemoFacts.LocalSuppliers, Picture.Value(health, "suppliers_reached"));
        Assert.Equal(DemoFacts.LinkedZones, Picture.Value(health, "estates_linked"));
        Assert.Equal(DemoFacts.Zones, Picture.Value(health, "estates"));
        Assert.Equal(0.45, Picture.Value(health, "foreign_share", ("attribute", "hi_tech"), ("measure", "enterprises")), 12);
    }

    [Fact]
    public void The_table_shows_them()
    {
        var line = _gateway.Output.Split('\n').Single(l => l.Contains("regions/3205 ", StringComparison.Ordinal) && l.Contains("苏州市", StringComparison.Ordinal));

        Assert.Contains("0.0833", line, StringComparison.Ordinal);
        Assert.Contains("134", line, StringComparison.Ordinal);
        Assert.Contains("5 of 14", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cases_stand_side_by_side()
    {
        var table = _gateway.Output[_gateway.Output.IndexOf("The cases side by side", StringComparison.Ordinal)..];
        string[] Row(string what) => [.. table.Split('\n').First(l => l.Contains(what, StringComparison.Ordinal)).Split('│', StringSplitOptions.TrimEntries)[2..^1]];

        Assert.Equal(["0.0833", "0.8000"], Row("local linkage rate"));
        Assert.Equal(["embedding", "endogenous"], Row("type"));
        Assert.Equal(["enterprise_cluster", "industry_cluster"], Row("stage"));
        Assert.StartsWith("TW ", Row("top source")[0], StringComparison.Ordinal);
        var speed = Row("growth of output").Select(s => double.Parse(s.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(speed[0] > 3 * speed[1], $"{speed[0]} and {speed[1]}");
    }

    [Fact]
    public async Task Gauges_show_them_once_each()
    {
        var scrape = (await _gateway.GetAsync("/metrics/domain")).Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToList();

        Assert.Contains("clusterpulse_suppliers_reached{code=\"3205\",level=\"prefecture\"} 134", scrape);
        Assert.Contains("clusterpulse_estates_linked{code=\"3205\",level=\"prefecture\"} 5", scrape);
        Assert.Contains(scrape, l => l.StartsWith("clusterpulse_local_linkage_ratio{code=\"3205\",level=\"prefecture\"} 0.0833", StringComparison.Ordinal));
        var series = scrape.Select(l => l[..l.LastIndexOf(' ')]).ToList();
        Assert.Equal(series.Count, series.Distinct().Count());
        Assert.DoesNotContain(scrape, l => l.Contains("otel_metric_overflow", StringComparison.Ordinal));
        Assert.Contains(scrape, l => l.Contains("path=\"江苏·苏州·昆山\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Independent_sql_finds_no_difference()
    {
        var audit = await Picture.AuditAsync(_gateway.Channel);

        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
        Assert.True(audit.Figures > 1_000, $"{audit.Figures} figures");
        Assert.True(audit.Cells > 50_000, $"{audit.Cells} cells");
    }

    [Fact]
    public async Task History_holds_every_month_and_knows_what_was_known()
    {
        var client = new IndicatorService.IndicatorServiceClient(_gateway.Channel);
        var request = new QueryObservationsRequest { Names = { "regions/3205" }, Indicators = { "local_linkage_ratio" } };

        var now = await client.QueryObservationsAsync(request);
        request.AsOf = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));
        var before = await client.QueryObservationsAsync(request);

        Assert.Equal(24, now.Observations.Count);
        Assert.Equal("2003-01", now.Observations[0].Period);
        Assert.Equal("2004-12", now.Observations[^1].Period);
        Assert.Empty(before.Observations);
    }

    [Fact]
    public async Task A_watch_gives_a_snapshot_and_goes_on_from_a_token()
    {
        var watch = new WatchService.WatchServiceClient(_gateway.Channel);
        var (observations, token) = await SnapshotAsync(new() { Parents = { "regions/3205" }, Indicators = { "local_linkage_ratio" } });
        Assert.Contains(observations, o => o is { Name: "regions/320583" });
        Assert.Contains(observations, o => o is { Name: "estates/kunshan-etdz" });

        using var bad = watch.WatchHealth(new() { Parents = { "regions/3205" }, ResumeToken = "AQAAAAAAAAAA" });
        Assert.True(await bad.ResponseStream.MoveNext(default));
        Assert.Equal(WatchHealthResponse.EventOneofCase.Reset, bad.ResponseStream.Current.EventCase);

        using var resumed = watch.WatchHealth(new() { Parents = { "regions/3205" }, Indicators = { "local_linkage_ratio" }, ResumeToken = token });
        Assert.True(await resumed.ResponseStream.MoveNext(default));
        Assert.Equal(WatchHealthResponse.EventOneofCase.Observation, resumed.ResponseStream.Current.EventCase);

        async Task<(List<Observation>, string)> SnapshotAsync(WatchHealthRequest request)
        {
            using var call = watch.WatchHealth(request);
            var seen = new List<Observation>();
            await foreach (var message in call.ResponseStream.ReadAllAsync())
            {
                if (message.EventCase == WatchHealthResponse.EventOneofCase.SnapshotEnd)
                    return (seen, message.ResumeToken);
                seen.Add(message.Observation);
            }
            throw new InvalidOperationException("the stream ended");
        }
    }

    [Fact]
    public async Task Health_and_reflection_are_on()
    {
        var health = await new Grpc.Health.V1.Health.HealthClient(_gateway.Channel).CheckAsync(new());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        using var reflection = new ServerReflection.ServerReflectionClient(_gateway.Channel).ServerReflectionInfo();
        await reflection.RequestStream.WriteAsync(new() { ListServices = "" });
        Assert.True(await reflection.ResponseStream.MoveNext(default));
        Assert.Contains(reflection.ResponseStream.Current.ListServicesResponse.Service, s => s.Name == "clusterpulse.v1.ReportingService");
    }

    [Fact]
    public async Task A_region_can_have_a_threshold_of_its_own_and_those_below_inherit_it()
    {
        var policies = new PolicyService.PolicyServiceClient(_gateway.Channel);
        await policies.UpdateAlertPolicyAsync(new()
        {
            AlertPolicy = new() { Name = "regions/33/alertPolicies/local-linkage-low", Threshold = 0.2 },
            DecidedBy = "test",
            Reason = "test",
        });

        var below = (await policies.ListAlertPoliciesAsync(new() { Parent = "regions/3303" })).AlertPolicies.Single(p => p.Name.EndsWith("local-linkage-low", StringComparison.Ordinal));
        Assert.Equal((0.2, "regions/33"), (below.Threshold, below.Origin));
        await Eventually.TrueAsync(async () => (await _gateway.GetAsync("/metrics/domain"))
            .Contains("clusterpulse_threshold{code=\"3303\",level=\"prefecture\",origin=\"33\",policy=\"local-linkage-low\"} 0.2", StringComparison.Ordinal));

        var after = await policies.DeleteAlertPolicyAsync(new() { Name = "regions/33/alertPolicies/local-linkage-low", DecidedBy = "test" });
        Assert.Equal((0.1, "default"), (after.Threshold, after.Origin));
    }
}
