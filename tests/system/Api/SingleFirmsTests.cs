using System.Net;
using System.Text.Json;
using ClusterPulse.Gateway.AllInOne;
using ClusterPulse.Ingest;
using ClusterPulse.Placement;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ClusterPulse.SystemTests.Support.Rows;
using Feed = ClusterPulse.Facts.Feed;
using Ownership = ClusterPulse.Facts.Ownership;

namespace ClusterPulse.SystemTests.Api;

/// <summary>Figures and names of single firms, asked for in a trial on the gateway's machine and at the level of aggregates.</summary>
public sealed class SingleFirmsTests : IAsyncLifetime
{
    private const string Suzhou = "regions/3205";
    private static readonly string[] Restricted = ["anchor_share", "anchor_suppliers", "fdi_investor_hhi"];

    private readonly TempFolder _folder = new();
    private readonly TestIssuer _issuer;
    private readonly Metadata _aggregate;
    private readonly int _http = Ports.Free();
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly IndicatorService.IndicatorServiceClient _indicators;

    public SingleFirmsTests()
    {
        var grpc = Ports.Free();
        _issuer = new(_folder.Path);
        var access = _issuer.WriteAccess("Loopback", new { Id = "viewer", Roles = "Viewer", Divisions = new[] { "*" } });
        _aggregate = _issuer.Header("viewer");
        _app = AllInOneApp.Build(new()
        {
            Data = _folder.Path, GrpcPort = grpc, HttpPort = _http, AsOf = new(2004, 12, 31), Quiet = true, AccessFile = access,
        });
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}");
        _indicators = new(_channel);
    }

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        await FillAsync();
        await Eventually.TrueAsync(async () => Observations(await _indicators.GetHealthAsync(new() { Name = Suzhou })).Count > 3
            && Observations(await _indicators.GetHealthAsync(new() { Name = Suzhou })).All(o => o.FigureCase == Observation.FigureOneofCase.Value));
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task In_a_trial_they_are_given_and_at_the_level_of_aggregates_suppressed_and_denied()
    {
        var here = Observations(await _indicators.GetHealthAsync(new() { Name = Suzhou }));
        Assert.Equal(0.75, here.Single(o => o.Indicator == "indicators/anchor_share" && o.Labels["top"] == "1").Value);
        Assert.Equal(0.625, here.Single(o => o.Indicator == "indicators/fdi_investor_hhi").Value, 12);
        var leaders = await _indicators.RankLeadingEnterprisesAsync(new() { Name = Suzhou, PageSize = 1 });
        Assert.Equal(("enterprises/org-A", 0.75, 1L, "2004-10"), (leaders.Enterprises[0].Name, leaders.Enterprises[0].Share, leaders.Enterprises[0].Suppliers, leaders.Period));
        Assert.Single(leaders.Enterprises);
        Assert.Equal(Unavailable.NotApplicable, (await _indicators.RankLeadingEnterprisesAsync(new() { Name = "regions/32" })).Unavailable);
        var without = await _indicators.SimulateExitAsync(new() { Name = Suzhou, Investor = "Acer" });
        Assert.Equal(1, without.Figures.Single(f => f.Now.Indicator == "indicators/fdi_source_hhi" && f.Now.Labels["basis"] == "immediate").Without.Value);

        AssertSuppressed(Observations(await _indicators.GetHealthAsync(new() { Name = Suzhou }, _aggregate)));
        var listed = await _indicators.ListHealthAsync(new() { Parent = "regions/32", OrderBy = "anchor_share desc" }, _aggregate);
        AssertSuppressed([.. listed.Healths.SelectMany(Observations)]);
        var exit = await _indicators.SimulateExitAsync(new() { Name = Suzhou, SourceEconomy = "JP" }, _aggregate);
        AssertSuppressed([.. exit.Figures.SelectMany(f => new[] { f.Now, f.Without }).Where(o => Restricted.Contains(o.Indicator[11..]))]);
        Assert.Contains(exit.Figures, f => f.HasChange);
        var change = await _indicators.ExplainChangeAsync(new() { Name = Suzhou, Indicator = "anchor_share", Labels = { "top=1" } }, _aggregate);
        AssertSuppressed([change.Then, change.Now]);
        Assert.Empty(change.Parts);
        using var watch = new WatchService.WatchServiceClient(_channel).WatchHealth(new() { Parents = { Suzhou }, Indicators = { Restricted } }, _aggregate);
        while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken) && watch.ResponseStream.Current.Observation is { } seen)
            AssertSuppressed([seen]);
        await AssertDeniedAsync(_indicators.RankLeadingEnterprisesAsync(new() { Name = Suzhou }, _aggregate));
        await AssertDeniedAsync(_indicators.SimulateExitAsync(new() { Name = Suzhou, Enterprise = "org-A" }, _aggregate));
        await AssertDeniedAsync(_indicators.SimulateExitAsync(new() { Name = Suzhou, Investor = "Acer" }, _aggregate));
    }

    [Fact]
    public async Task Over_json_the_same_and_no_gauge_shows_them()
    {
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_http}") };
        using var here = JsonDocument.Parse(await client.GetStringAsync($"/v1/{Suzhou}/health:rankLeadingEnterprises?by=suppliers", TestContext.Current.CancellationToken));
        Assert.Equal("enterprises/org-A", here.RootElement.GetProperty("enterprises")[0].GetProperty("name").GetString());
        client.DefaultRequestHeaders.Authorization = new("Bearer", _issuer.Token("viewer"));

        using var denied = await client.GetAsync($"/v1/{Suzhou}/health:rankLeadingEnterprises", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        client.DefaultRequestHeaders.Authorization = null;
        var gauges = await client.GetStringAsync("/metrics/domain", TestContext.Current.CancellationToken);
        Assert.Contains("clusterpulse_output_cny{", gauges, StringComparison.Ordinal);
        Assert.All(Restricted, r => Assert.DoesNotContain("clusterpulse_" + r, gauges, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("by", "size", 1)]
    [InlineData("page_size", "output", 101)]
    [InlineData("page_size", "output", -1)]
    public async Task A_wrong_field_is_named(string field, string by, int size)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await _indicators.RankLeadingEnterprisesAsync(new() { Name = Suzhou, By = by, PageSize = size }));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(field, refused.Status.Detail, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        var grains = _app.Services.GetRequiredService<IGrainFactory>();
        var silos = await _app.Services.GetRequiredService<ISiloDirectory>().ActiveAsync();
        var port = grains.GetGrain<IIngestPort>(silos[0].ToParsableString());
        await port.SubmitProfilesAsync(
        [
            new() { Row = 0, Enterprise = "org-A", Profile = Profile("320583", Ownership.Foreign) },
            new() { Row = 1, Enterprise = "org-B", Profile = Profile("320583", Ownership.Private) },
        ]);
        var answer = await port.SubmitReportsAsync(new("3205", "s",
        [
            Money(0, "org-A", Feed.Output, "2004-10", 300), Money(1, "org-B", Feed.Output, "2004-10", 100),
            Purchases(2, "org-A", "2004-10", ("org-B", 10)),
            Named(Fdi(3, "org-A", "2004-10", ("TW", 75), ("JP", 25)), "Acer", "Sony"),
        ]));
        Assert.Equal(4, answer.Accepted);
    }

    private static ReportRow Named(ReportRow row, params string[] investors) => row with
    {
        Content = row.Content with
        {
            Lines = [.. row.Content.Lines.Zip(investors, (line, investor) => line with { Fdi = line.Fdi! with { Investor = investor } })],
        },
    };

    private static List<Observation> Observations(Health health) => [.. health.Observations.Where(o => Restricted.Contains(o.Indicator[11..]))];

    private static void AssertSuppressed(List<Observation> observations)
    {
        Assert.NotEmpty(observations);
        Assert.All(observations, o => Assert.Equal((Unavailable.Suppressed, 0), (o.Unavailable, o.Operands.Count)));
    }

    private static async Task AssertDeniedAsync<T>(AsyncUnaryCall<T> call)
    {
        var denied = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
        Assert.Contains("level Enterprise", denied.Status.Detail, StringComparison.Ordinal);
    }
}
