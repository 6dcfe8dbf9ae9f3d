using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>What clients do that nobody asked them to, over the wire.</summary>
[Collection(GatewayCollection.Name)]
public sealed class EdgeTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway;
    private readonly OwnGround _ground;
    private readonly ReportingService.ReportingServiceClient _reporting;
    private readonly RegistryService.RegistryServiceClient _registry;
    private readonly IndicatorService.IndicatorServiceClient _indicators;

    public EdgeTests(RunningGateway running)
    {
        (_gateway, _ground) = (running.Gateway, running.NextGround());
        (_reporting, _registry, _indicators) = (new(_gateway.Channel), new(_gateway.Channel), new(_gateway.Channel));
    }

    public async ValueTask InitializeAsync() => await _ground.PrepareAsync(_gateway.Channel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_without_rows_asks_where_to_go_on_and_leaves_the_way_free()
    {
        using var call = _reporting.AppendReports();
        Assert.Equal(0, (await _ground.SendAsync(call, 0)).NextOffset);
        Assert.Equal(1, (await _ground.SendAsync(call, 0, _ground.Output("2004-09", 100))).NextOffset);
        Assert.Equal(1, (await _ground.SendAsync(call, 1)).NextOffset);
        Assert.Equal(1, (await _ground.SendAsync(call, 1, _ground.Output("2004-10", 100))).Receipt.Accepted);
    }

    [Fact]
    public async Task A_commit_token_from_nowhere_does_not_make_later_reports_disappear()
    {
        await _indicators.GetHealthAsync(new() { Name = _ground.Prefecture, MinCommitToken = "1:1000000" });
        using var call = _reporting.AppendReports();
        var token = (await _ground.SendAsync(call, 0, _ground.Output("2004-10", 700))).Receipt.CommitToken;

        var health = await _indicators.GetHealthAsync(new() { Name = _ground.Prefecture, Period = "2004-10", MinCommitToken = token });

        Assert.Equal(7, Picture.Value(health, "output_cny"));
        var malformed = await FailAsync(_indicators.GetHealthAsync(new() { Name = _ground.Prefecture, MinCommitToken = "x" }));
        Assert.Equal(StatusCode.InvalidArgument, malformed.StatusCode);
    }

    [Fact]
    public async Task A_finalized_submission_still_answers_what_it_has()
    {
        using (var call = _reporting.AppendReports())
            await _ground.SendAsync(call, 0, _ground.Output("2004-10", 100));
        await _reporting.FinalizeSubmissionAsync(new() { Name = _ground.Submission });

        using var again = _reporting.AppendReports();
        Assert.True((await _ground.SendAsync(again, 0, _ground.Output("2004-10", 100))).Receipt.Replayed);
    }

    /// <summary>The server uses what it keeps of a stream again for the next call of the connection.</summary>
    [Fact]
    public async Task A_stream_that_was_refused_does_not_disturb_the_next_one()
    {
        for (var i = 0; i < 200; i++)
        {
            using (var refused = _reporting.AppendReports())
                Assert.Equal((int)Code.OutOfRange, (await _ground.SendAsync(refused, 1_000, _ground.Output("2004-10", 1))).Error.Code);
            using var call = _reporting.AppendReports();
            Assert.NotNull((await _ground.SendAsync(call, i, _ground.Output("2004-10", 100 + i))).Receipt);
            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        }
    }

    [Fact]
    public async Task Too_many_rows_are_refused_by_the_rule()
    {
        using var call = _reporting.AppendReports();
        var answer = await _ground.SendAsync(call, 0, [.. Enumerable.Repeat(_ground.Output("2004-10", 1), 5_001)]);
        Assert.Equal((int)Code.InvalidArgument, answer.Error.Code);
        Assert.Equal(0, (await _reporting.GetSubmissionAsync(new() { Name = _ground.Submission })).NextOffset);
    }

    [Fact]
    public async Task An_etag_that_is_not_the_newest_aborts_the_change()
    {
        var read = await _registry.GetEnterpriseAsync(new() { Name = _ground.Firm });
        var change = new UpdateEnterpriseRequest
        {
            Enterprise = new() { Name = _ground.Firm, ValidFrom = "2004-01", Industry = "392", Etag = read.Etag },
            UpdateMask = new() { Paths = { "industry" } },
        };

        var updated = await _registry.UpdateEnterpriseAsync(change);
        var error = await FailAsync(_registry.UpdateEnterpriseAsync(change));

        Assert.Equal(("392", _ground.County, "2004-01"), (updated.Industry, "regions/" + updated.Region, updated.ValidFrom));
        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.NotEqual(read.Etag, updated.Etag);
    }

    [Fact]
    public async Task A_masked_change_before_the_first_profile_must_be_complete()
    {
        var error = await FailAsync(_registry.UpdateEnterpriseAsync(new()
        {
            Enterprise = new() { Name = _ground.Firm, ValidFrom = "2002-01", Industry = "392" },
            UpdateMask = new() { Paths = { "industry" } },
        }));

        var fields = error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations;
        Assert.Equal(["enterprise.region", "enterprise.ownership"], fields.Select(f => f.Field));
        Assert.All(fields, f => Assert.Equal("zh-CN", f.LocalizedMessage.Locale));
    }

    [Fact]
    public async Task An_estate_nobody_registered_is_not_found_and_its_id_stays_free()
    {
        Assert.Equal(StatusCode.NotFound, (await FailAsync(_registry.GetEstateAsync(new() { Name = "estates/sip" }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailAsync(_indicators.GetHealthAsync(new() { Name = "estates/sip" }))).StatusCode);
        var request = new CreateEstateRequest { EstateId = "sip", Estate = new() { Region = "3205", ValidFrom = "2003-01", DisplayName = new() { Zh = "苏州工业园区", En = "SIP" } } };

        var created = await _registry.CreateEstateAsync(request);
        Assert.Equal(created, await _registry.CreateEstateAsync(request));
        request.Estate.Region = "3206";
        Assert.Equal(StatusCode.AlreadyExists, (await FailAsync(_registry.CreateEstateAsync(request))).StatusCode);
        Assert.Equal(created, await _registry.GetEstateAsync(new() { Name = "estates/sip" }));
    }

    [Fact]
    public async Task An_indicator_without_a_figure_says_that_it_is_not_available()
    {
        var health = await _indicators.GetHealthAsync(new() { Name = _ground.Prefecture });
        var catalogue = await _indicators.ListIndicatorsAsync(new());

        Assert.Empty(catalogue.Indicators.Select(i => i.Name).Except(health.Observations.Select(o => o.Indicator)));
        Assert.All(health.Observations, o => Assert.NotEqual(Observation.FigureOneofCase.None, o.FigureCase));
    }

    [Fact]
    public async Task A_threshold_is_inherited_until_a_region_has_its_own_and_can_be_given_back()
    {
        var policies = new PolicyService.PolicyServiceClient(_gateway.Channel);
        var name = _ground.Province + "/alertPolicies/local-linkage-low";
        await policies.UpdateAlertPolicyAsync(new() { AlertPolicy = new() { Name = name, Threshold = 0.2 }, DecidedBy = "centre", Reason = "test" });
        Assert.Equal((0.2, _ground.Province), await EffectiveAsync());

        var back = await policies.DeleteAlertPolicyAsync(new() { Name = name, DecidedBy = "centre" });
        Assert.Equal((0.10, "default"), (back.Threshold, back.Origin));
        Assert.Equal((0.10, "default"), await EffectiveAsync());

        async Task<(double, string)> EffectiveAsync()
        {
            var listed = await policies.ListAlertPoliciesAsync(new() { Parent = _ground.County });
            var own = listed.AlertPolicies.Single(p => p.Name == _ground.County + "/alertPolicies/local-linkage-low");
            return (own.Threshold, own.Origin);
        }
    }

    [Fact]
    public async Task A_rival_set_is_made_changed_and_taken_back_and_one_that_is_wrong_tells_each_field()
    {
        var policies = new PolicyService.PolicyServiceClient(_gateway.Channel);
        var wanted = new RivalSet
        {
            DisplayName = new() { Zh = "台资电子", En = "Taiwan IT" },
            Regions = { "regions/3205", "regions/4419" },
            Sources = { "TW" },
            Industries = { "39" },
        };
        var made = await policies.CreateRivalSetAsync(new() { RivalSetId = "it", RivalSet = wanted, DecidedBy = "centre", Reason = "test" });
        Assert.Equal(made, await policies.GetRivalSetAsync(new() { Name = "rivalSets/it" }));
        Assert.Equal(StatusCode.AlreadyExists, (await Fails(() => policies.CreateRivalSetAsync(
            new() { RivalSetId = "it", RivalSet = wanted, DecidedBy = "centre", Reason = "test" }).ResponseAsync)).StatusCode);

        var wrong = await Fails(() => policies.CreateRivalSetAsync(
            new() { RivalSetId = "other", RivalSet = new() { Regions = { "regions/3205", "regions/9999" }, Sources = { "??" } } }).ResponseAsync);
        Assert.Equal(
            ["rival_set.regions[0]", "rival_set.regions[1]", "rival_set.sources[0]", "decided_by", "reason"],
            wrong.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(v => v.Field));

        var changed = await policies.UpdateRivalSetAsync(new()
        {
            RivalSet = new() { Name = made.Name, Regions = { "regions/3205", "regions/3303" }, Etag = made.Etag },
            UpdateMask = new() { Paths = { "regions" } },
            DecidedBy = "centre",
            Reason = "test",
        });
        Assert.Equal(["regions/3205", "regions/3303"], changed.Regions);
        Assert.Equal(("Taiwan IT", "TW"), (changed.DisplayName.En, changed.Sources.Single()));
        Assert.Equal(StatusCode.Aborted, (await Fails(() => policies.DeleteRivalSetAsync(
            new() { Name = made.Name, Etag = made.Etag, DecidedBy = "centre" }).ResponseAsync)).StatusCode);
        Assert.Equal([changed], (await policies.ListRivalSetsAsync(new() { Region = "regions/3303" })).RivalSets);
        Assert.Empty((await policies.ListRivalSetsAsync(new() { Region = "regions/4419" })).RivalSets);
        Assert.Contains("rivalSets/it", await _gateway.GetAsync("/v1/rivalSets"), StringComparison.Ordinal);

        await policies.DeleteRivalSetAsync(new() { Name = made.Name, Etag = changed.Etag, DecidedBy = "centre" });
        Assert.Equal(StatusCode.NotFound, (await Fails(() => policies.GetRivalSetAsync(new() { Name = made.Name }).ResponseAsync)).StatusCode);

        static async Task<RpcException> Fails<T>(Func<Task<T>> call) => await Assert.ThrowsAsync<RpcException>(call);
    }

    [Fact]
    public async Task A_watcher_gets_a_snapshot_then_changes_and_goes_on_with_its_token()
    {
        var watch = new WatchService.WatchServiceClient(_gateway.Channel);
        using var append = _reporting.AppendReports();
        string token;
        using (var call = watch.WatchHealth(new() { Parents = { _ground.County }, Indicators = { "employment_persons" } }))
        {
            await OwnGround.UntilAsync(call, m => m.EventCase == WatchHealthResponse.EventOneofCase.SnapshotEnd);
            await _ground.SendAsync(append, 0, Employment("2004-10", 2));
            token = (await OwnGround.UntilAsync(call, m => m.Observation is { Value: 2 })).ResumeToken;
        }
        await _ground.SendAsync(append, 1, Employment("2004-11", 3));

        using var resumed = watch.WatchHealth(new() { Parents = { _ground.County }, Indicators = { "employment_persons" }, ResumeToken = token });
        var events = new List<WatchHealthResponse.EventOneofCase>();
        await OwnGround.UntilAsync(resumed, m =>
        {
            events.Add(m.EventCase);
            return m.Observation is { Value: 3 };
        });
        Assert.DoesNotContain(WatchHealthResponse.EventOneofCase.Reset, events);

        using var strange = watch.WatchHealth(new() { Parents = { _ground.County }, ResumeToken = "not-ours!" });
        Assert.True(await strange.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(WatchHealthResponse.EventOneofCase.Reset, strange.ResponseStream.Current.EventCase);
        await OwnGround.UntilAsync(strange, m => m.EventCase == WatchHealthResponse.EventOneofCase.SnapshotEnd);
    }

    [Fact]
    public async Task Errors_in_json_say_as_much_as_in_grpc()
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_gateway.HttpPort}") };
        using var body = new StringContent("""{"reports":[],"requestId":"R 1"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/v1/bureaus/NOT_ONE/reports:batchCreate", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        var violation = error.GetProperty("details")[0].GetProperty("fieldViolations")[0];
        Assert.Equal("MALFORMED_BUREAU", violation.GetProperty("reason").GetString());
        Assert.Contains("统计机构", violation.GetProperty("localizedMessage").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<RpcException> FailAsync<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    private Report Employment(string period, long persons) =>
        new() { Enterprise = _ground.Firm, Period = period, Feed = Feed.Employment, Employment = new() { Persons = persons } };
}
