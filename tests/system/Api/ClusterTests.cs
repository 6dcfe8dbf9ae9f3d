using System.Net.Http.Json;
using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>Clusters that people name, in a running program: four firms of a town, of which two make integrated circuits.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const string Town = "320583100";
    private const string Month = "2004-10";

    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;
    private RegistryService.RegistryServiceClient _registry = null!;
    private PolicyService.PolicyServiceClient _policies = null!;
    private IndicatorService.IndicatorServiceClient _indicators = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayProcess.StartHealthyAsync(_folder.Path, "--as-of", "2004-12-31");
        (_registry, _policies, _indicators) = (new(_gateway.Channel), new(_gateway.Channel), new(_gateway.Channel));
        var reports = new List<Report>();
        await FirmAsync("org-AAAAAAAA1", "3973", Ownership.Foreign, 600);
        await FirmAsync("org-AAAAAAAA2", "3973", Ownership.Private, 200);
        await FirmAsync("org-AAAAAAAA3", "3974", Ownership.Foreign, 300);
        await FirmAsync("org-AAAAAAAA4", "1711", Ownership.Private, 800);
        var answer = await new ReportingService.ReportingServiceClient(_gateway.Channel).BatchCreateReportsAsync(
            new() { Parent = "bureaus/3205", RequestId = "r1", Reports = { reports } });
        Assert.Equal(reports.Count, answer.Receipt.Accepted);

        async Task FirmAsync(string id, string industry, Ownership ownership, long yuan)
        {
            await _registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = "enterprises/" + id, ValidFrom = "2004-01", Region = Town, Industry = industry, Ownership = ownership },
            });
            reports.Add(new()
            {
                Enterprise = "enterprises/" + id,
                Period = Month,
                Feed = Feed.Output,
                Output = new() { Value = new() { Currency = "CNY", MinorUnits = yuan * 100 } },
            });
            reports.Add(new() { Enterprise = "enterprises/" + id, Period = Month, Feed = Feed.Employment, Employment = new() { Persons = yuan } });
            reports.Add(new()
            {
                Enterprise = "enterprises/" + id,
                Period = Month,
                Feed = Feed.Export,
                Export = new() { Value = new() { Currency = "CNY", MinorUnits = yuan * 50 } },
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_declared_cluster_has_figures_that_follow_its_definition_and_the_place_keeps_its_own()
    {
        var chips = await CreateAsync("chips", ["3973"], "regions/3205");
        await UntilAsync("regions/3205", "chips", 800);
        var cluster = Assert.Single((await _indicators.ListClustersAsync(new() { Parent = "regions/3205" })).Clusters);
        Assert.Equal(("regions/3205/clusters/chips", "chips zh", true, false), (cluster.Name, cluster.DisplayName.Zh, cluster.Declared, cluster.Watched));
        Assert.Equal(["3973"], cluster.Industries);
        var health = await _indicators.GetHealthAsync(new() { Name = cluster.Name });
        Assert.Equal(0.75, Picture.Value(health, "foreign_share", ("measure", "output"), ("attribute", "all")));
        Assert.Equal(1, Picture.Value(health, "cluster_type", ("type", "embedding")));
        Assert.Equal(0.5, Picture.Value(health, "export_intensity"));
        Assert.All(health.Observations.Where(o => o.FigureCase == Observation.FigureOneofCase.Value), o => Assert.Equal("chips", o.Labels["industry"]));
        var own = await _indicators.GetHealthAsync(new() { Name = "regions/3205" });
        Assert.Equal(1_900, Picture.Value(own, "output_cny"));

        // One class more: no rebuild, and the audit agrees.
        var changed = await _registry.UpdateClusterDefinitionAsync(new()
        {
            ClusterDefinition = new() { Name = chips.Name, Industries = { "397" }, Etag = chips.Etag },
            UpdateMask = new() { Paths = { "industries" } },
            DecidedBy = "centre",
        });
        Assert.Equal(("chips zh", "2"), (changed.DisplayName.Zh, changed.Etag));
        await UntilAsync("regions/3205", "chips", 1_100);
        var audit = await Picture.AuditAsync(_gateway.Channel);
        Assert.Equal((0, 0), (audit.Differences, audit.FigureDifferences));

        await _registry.DeleteClusterDefinitionAsync(new() { Name = chips.Name, Etag = changed.Etag, DecidedBy = "centre" });
        await Eventually.TrueAsync(async () => (await _indicators.ListClustersAsync(new() { Parent = "regions/3205" })).Clusters.Count == 0);
        Assert.Equal(StatusCode.NotFound, (await FailAsync(_registry.GetClusterDefinitionAsync(new() { Name = chips.Name }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailAsync(_indicators.GetHealthAsync(new() { Name = cluster.Name }))).StatusCode);
        Assert.Equal("4", (await CreateAsync("chips", ["39"])).Etag);
    }

    [Fact]
    public async Task A_watched_town_and_a_watched_cluster_have_gauges()
    {
        Assert.DoesNotContain($"code=\"{Town}\"", await _gateway.GetAsync("/metrics/domain"), StringComparison.Ordinal);

        await _policies.CreateWatchAsync(new() { Parent = "regions/" + Town, WatchId = "-", Watch = new(), DecidedBy = "centre", Reason = "test" });
        await _policies.CreateWatchAsync(new() { Parent = "regions/3205", WatchId = "39", DecidedBy = "centre", Reason = "test" });

        await ScrapeAsync($"clusterpulse_output_cny{{code=\"{Town}\",level=\"town\"}} 1900");
        await ScrapeAsync("clusterpulse_output_cny{code=\"3205\",industry=\"39\",level=\"prefecture\"} 1100");
        await ScrapeAsync("clusterpulse_output_cny{code=\"3205\",level=\"prefecture\"} 1900");
        Assert.Equal(
            ["regions/3205/watches/39", $"regions/{Town}/watches/-"],
            (await _policies.ListWatchesAsync(new() { Parent = "regions/32" })).Watches.Select(w => w.Name));
        Assert.Empty((await _policies.ListWatchesAsync(new() { Parent = "regions/33" })).Watches);
        var cluster = Assert.Single((await _indicators.ListClustersAsync(new() { Parent = "regions/3205", OrderBy = "output_cny desc" })).Clusters);
        Assert.True(cluster.Watched);
        Assert.StartsWith("Manufacture of Computers", cluster.DisplayName.En, StringComparison.Ordinal);

        await _policies.DeleteWatchAsync(new() { Name = $"regions/{Town}/watches/-", DecidedBy = "centre" });
        await Eventually.TrueAsync(async () => !(await _gateway.GetAsync("/metrics/domain")).Contains($"code=\"{Town}\"", StringComparison.Ordinal));
        var again = await FailAsync(_policies.DeleteWatchAsync(new() { Name = $"regions/{Town}/watches/-", DecidedBy = "centre" }));
        Assert.Equal(StatusCode.NotFound, again.StatusCode);

        Task ScrapeAsync(string series) => Eventually.TrueAsync(async () =>
            (await _gateway.GetAsync("/metrics/domain")).Split('\n').Any(l => l.StartsWith(series, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var chips = await CreateAsync("chips", ["3973"]);
        await AssertInvalidAsync(
            _registry.CreateClusterDefinitionAsync(new()
            {
                ClusterDefinitionId = "x1",
                ClusterDefinition = new() { DisplayName = new() { En = "x" }, Industries = { "39", "3973", "99" } },
                DecidedBy = "centre",
            }),
            "cluster_definition.industries[1]", "cluster_definition.industries[2]");
        await AssertInvalidAsync(_registry.CreateClusterDefinitionAsync(new() { ClusterDefinitionId = "39", DecidedBy = "centre" }), "cluster_definition_id");
        await AssertInvalidAsync(
            _registry.UpdateClusterDefinitionAsync(new() { ClusterDefinition = chips, UpdateMask = new() { Paths = { "etags" } }, DecidedBy = "centre" }),
            "update_mask");
        await AssertInvalidAsync(_registry.UpdateClusterDefinitionAsync(new() { ClusterDefinition = chips }), "decided_by");
        await AssertInvalidAsync(
            _policies.CreateWatchAsync(new() { Parent = "regions/3205", WatchId = "ev", DecidedBy = "centre", Reason = "test" }), "watch_id");
        var taken = await FailAsync(_registry.CreateClusterDefinitionAsync(new() { ClusterDefinitionId = "chips", ClusterDefinition = chips, DecidedBy = "me" }));
        Assert.Equal(StatusCode.AlreadyExists, taken.StatusCode);
        chips.Etag = "7";
        var stale = await FailAsync(_registry.UpdateClusterDefinitionAsync(new() { ClusterDefinition = chips, DecidedBy = "centre" }));
        Assert.Equal(StatusCode.Aborted, stale.StatusCode);
    }

    [Fact]
    public async Task Json_says_the_same()
    {
        await CreateAsync("chips", ["3973"], "regions/3205");
        await UntilAsync("regions/3205", "chips", 800);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_gateway.HttpPort}") };

        var listed = await http.GetFromJsonAsync<JsonElement>(new Uri("/v1/clusterDefinitions?region=regions/3205", UriKind.Relative));
        var clusters = await http.GetFromJsonAsync<JsonElement>(new Uri("/v1/regions/3205/clusters", UriKind.Relative));
        var health = await http.GetFromJsonAsync<JsonElement>(new Uri("/v1/regions/3205/clusters/chips/health", UriKind.Relative));
        var watch = await http.PostAsJsonAsync(
            new Uri("/v1/regions/3205/watches?watch_id=chips&decided_by=me&reason=test", UriKind.Relative), new { }, TestContext.Current.CancellationToken);

        Assert.Equal("clusterDefinitions/chips", listed.GetProperty("clusterDefinitions")[0].GetProperty("name").GetString());
        Assert.Equal("regions/3205/clusters/chips", clusters.GetProperty("clusters")[0].GetProperty("name").GetString());
        Assert.Equal("regions/3205/clusters/chips", health.GetProperty("name").GetString());
        Assert.True(watch.IsSuccessStatusCode, await watch.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<ClusterDefinition> CreateAsync(string id, string[] industries, params string[] regions) =>
        await _registry.CreateClusterDefinitionAsync(new()
        {
            ClusterDefinitionId = id,
            ClusterDefinition = new() { DisplayName = new() { Zh = id + " zh", En = id }, Industries = { industries }, Regions = { regions } },
            DecidedBy = "centre",
        });

    private Task UntilAsync(string region, string cluster, double output) => Eventually.TrueAsync(async () =>
        (await _indicators.ListClustersAsync(new() { Parent = region })).Clusters
            .FirstOrDefault(c => c.Name.EndsWith("/" + cluster, StringComparison.Ordinal))?.Observations
            .Any(o => o.Indicator == "indicators/output_cny" && o.Value.Equals(output)) ?? false);

    private static async Task AssertInvalidAsync<T>(AsyncUnaryCall<T> call, params string[] fields)
    {
        var failed = await FailAsync(call);
        Assert.Equal(StatusCode.InvalidArgument, failed.StatusCode);
        Assert.Subset(failed.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field).ToHashSet(), fields.ToHashSet());
    }

    private static async Task<RpcException> FailAsync<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);
}
