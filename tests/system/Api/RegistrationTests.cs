using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>Registration from files, over the wire: figures follow moves, closures and mergers, and the independent audit agrees.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RegistrationTests(RunningGateway running) : IDisposable
{
    private const string Kunshan = "regions/320583";
    private const string Huqiu = "regions/320505";

    private readonly TempFolder _folder = new();
    private readonly string _server = $"http://127.0.0.1:{running.Gateway.GrpcPort}";
    private readonly RegistryService.RegistryServiceClient _registry = new(running.Gateway.Channel);
    private readonly ObligationService.ObligationServiceClient _obligations = new(running.Gateway.Channel);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Moves_closures_and_mergers_of_a_file_move_history_and_the_audit_agrees()
    {
        var first = await ImportAsync(
            "企业.csv",
            "企业代码,生效月份,区划代码,行业代码,登记注册类型,企业名称",
            "MOVER0001,2003-01,320583,391,外商投资,迁移",
            "KEEPER001,2003-01,320583,391,外商投资,存续",
            "MERGED001,2003-01,320583,391,外商投资,并入",
            "CLOSER001,2003-01,320583,391,外商投资,注销",
            "GUSU00001,2003-01,320502,391,外商投资,沧浪",
            "BAD000001,2003-01,320586,391,外商投资,吴县");

        Assert.True(first.ExitCode == 3, first.ToString());
        Assert.Contains("企业.csv:7: 区划代码: '320586': DIVIDED_REGION", first.Errors, StringComparison.Ordinal);
        Assert.Contains("企业.csv:6: 区划代码: '320502': MERGED_REGION", first.Errors, StringComparison.Ordinal);
        var rejected = await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "rejects.csv"));
        Assert.Equal(2, rejected.Length);
        Assert.EndsWith("BAD000001,2003-01,320586,391,外商投资,吴县", rejected[1], StringComparison.Ordinal);
        Assert.Equal("320508", (await _registry.GetEnterpriseAsync(new() { Name = "enterprises/org-GUSU00001" })).Region);

        await ReportAsync(
            [.. Months(6, 10).SelectMany(m => new[] { Output("MOVER0001", m, 100), Output("KEEPER001", m, 1_000), Output("GUSU00001", m, 5) }),
             .. Months(6, 8).SelectMany(m => new[] { Output("MERGED001", m, 20), Output("CLOSER001", m, 3) })]);
        await OutputIsAsync(Kunshan, "2004-07", 1_123);
        await OutputIsAsync(Kunshan, "2004-08", 1_123);
        await OutputIsAsync("regions/320508", "2004-10", 5);

        var second = await ImportAsync(
            "变更.csv",
            "变更类型,企业代码,生效月份,区划代码,承接企业",
            "迁移,MOVER0001,2004-08,320505,",
            "注销,CLOSER001,2004-09,,",
            "合并,MERGED001,2004-09,,KEEPER001");

        Assert.True(second.ExitCode == 0, second.ToString());
        // The months before the move stay where they were; those from then on went with the firm.
        await OutputIsAsync(Kunshan, "2004-07", 1_123);
        await OutputIsAsync(Kunshan, "2004-08", 1_023);
        await OutputIsAsync(Huqiu, "2004-08", 100);
        // Who closed is not waited for.
        await OutputIsAsync(Kunshan, "2004-10", 1_000);
        var versions = (await _registry.ListEnterpriseVersionsAsync(new() { Name = "enterprises/org-MERGED001" })).Enterprises;
        Assert.Equal([("2003-01", false, ""), ("2004-09", true, "enterprises/org-KEEPER001")], versions.Select(v => (v.ValidFrom, v.Closed, v.Successor)));
        var listed = await _registry.ListEnterprisesAsync(new() { Region = Kunshan, Period = "2004-10" });
        Assert.Equal(["enterprises/org-KEEPER001"], listed.Enterprises.Select(e => e.Name));

        var again = await ImportAsync("变更.csv");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(2, (await _registry.ListEnterpriseVersionsAsync(new() { Name = "enterprises/org-MOVER0001" })).Enterprises.Count);

        var audit = await Picture.AuditAsync(running.Gateway.Channel);
        Assert.Equal((0, 0), (audit.Differences, audit.FigureDifferences));
    }

    [Fact]
    public async Task A_bureau_sees_who_has_not_reported_yet()
    {
        var ground = running.NextGround();
        var bureau = "bureaus/" + ground.Prefecture["regions/".Length..];
        await ground.PrepareAsync(running.Gateway.Channel);
        var none = await _obligations.ListObligationsAsync(new() { Parent = bureau, Period = "2004-11" });
        Assert.Empty(none.Obligations);

        await ReportAsync(ground.Output("2004-10", 100));
        var late = Assert.Single((await _obligations.ListObligationsAsync(new() { Parent = bureau, Period = "2004-11" })).Obligations);
        Assert.Equal((ground.Firm, Feed.Output, ObligationState.Overdue, "2004-10", "2004-12-15"), (late.Enterprise, late.Feed, late.State, late.LastReported, late.DueDate));

        var rule = new ObligationRule { Name = "obligationRules/own-ground", Feeds = { Feed.Export }, Enterprises = { ground.Firm } };
        var stored = await _obligations.UpdateObligationRuleAsync(new() { ObligationRule = rule, AllowMissing = true, DecidedBy = "test", Reason = "test" });
        var run = await CommandLine.RunAsync(_server, ["obligations", "list", "--region", ground.County["regions/".Length..], "--period", "2004-11", "--json"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        using (var json = JsonDocument.Parse(run.Output))
        {
            Assert.Equal(
                [("FEED_OUTPUT", ""), ("FEED_EXPORT", "obligationRules/own-ground")],
                json.RootElement.GetProperty("obligations").EnumerateArray().Select(o => (o.GetProperty("feed").GetString(), o.GetProperty("rule").GetString())));
        }
        rule.Etag = "99";
        var stale = await Assert.ThrowsAsync<RpcException>(
            async () => await _obligations.UpdateObligationRuleAsync(new() { ObligationRule = rule, DecidedBy = "test", Reason = "test" }));
        Assert.Equal(StatusCode.Aborted, stale.StatusCode);
        await _obligations.DeleteObligationRuleAsync(new() { Name = stored.Name, Etag = stored.Etag, DecidedBy = "test" });

        await ReportAsync(new Report { Enterprise = ground.Firm, Period = "2004-11", Feed = Feed.Output, Nil = true });
        Assert.Empty((await _obligations.ListObligationsAsync(new() { Parent = bureau, Period = "2004-11" })).Obligations);
        var count = (await _obligations.CountObligationsAsync(new() { Parent = bureau, Period = "2004-11", Feeds = { Feed.Output } })).Counts.Single();
        Assert.Equal((1, 1, 1, 0), (count.Owed, count.Reported, count.Nil, count.Missing));
    }

    [Fact]
    public async Task The_centre_sets_the_calendar_and_what_it_does_not_name_stays()
    {
        var set = await CommandLine.RunAsync(_server, [
            "calendar", "set", "--feed", "export", "--due", "2004-11=2005-01-20", "--holiday", "2005-01-03", "--decided-by", "test", "--reason", "test"]);
        Assert.True(set.ExitCode == 0, set.ToString());

        var calendar = await _obligations.GetReportingCalendarAsync(new());
        var export = calendar.Feeds.Single(f => f.Feed == Feed.Export);
        Assert.Equal((15, 5, "2005-01-20"), (export.DueDay, export.GraceDays, export.Exceptions.Single().Date));
        Assert.All(calendar.Feeds.Where(f => f.Feed != Feed.Export), f => Assert.Empty(f.Exceptions));
        Assert.Equal(["2005-01-03"], calendar.Holidays);
        Assert.Equal("test", calendar.DecidedBy);

        calendar.Feeds[0].DueDay = 31;
        var wrong = await Assert.ThrowsAsync<RpcException>(async () => await _obligations.UpdateReportingCalendarAsync(
            new() { ReportingCalendar = calendar, DecidedBy = "test", Reason = "test" }));
        Assert.Equal(StatusCode.InvalidArgument, wrong.StatusCode);
        Assert.Contains("reporting_calendar.feeds[0].due_day", wrong.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estates_change_and_close_unless_firms_are_in_them()
    {
        var ground = running.NextGround();
        await File.WriteAllLinesAsync(
            Path.Combine(_folder.Path, "园区.csv"), ["园区标识,区划代码,园区名称,生效月份,级别", $"filed,{ground.County["regions/".Length..]},备案园区,2003-01,国家级"]);
        var run = await CommandLine.RunAsync(_server, ["registry", "import", Path.Combine(_folder.Path, "园区.csv"), "--estates"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        var estate = await _registry.GetEstateAsync(new() { Name = "estates/filed" });
        Assert.Equal(("备案园区", EstateRank.Nation), (estate.DisplayName.Zh, estate.Rank));
        await _registry.UpdateEnterpriseAsync(new()
        {
            AllowMissing = true,
            Enterprise = new()
            {
                Name = ground.Firm, ValidFrom = "2003-01", Region = ground.County, Industry = "391", Ownership = Ownership.Foreign, Estate = "filed",
            },
        });

        var inUse = await Assert.ThrowsAsync<RpcException>(async () => await _registry.DeleteEstateAsync(new() { Name = estate.Name, Period = "2004-06" }));
        Assert.Equal(StatusCode.FailedPrecondition, inUse.StatusCode);
        Assert.Contains(ground.Firm, inUse.Status.Detail, StringComparison.Ordinal);
        await _registry.DeleteEnterpriseAsync(new() { Name = ground.Firm, Period = "2004-05" });
        var closed = await _registry.DeleteEstateAsync(new() { Name = estate.Name, Period = "2004-06", Etag = estate.Etag });

        Assert.Equal("2004-06", closed.ClosedFrom);
        Assert.NotEqual(estate.Etag, closed.Etag);
    }

    [Fact]
    public async Task The_tree_of_a_month_has_the_codes_of_that_month()
    {
        var then = (await _registry.ListRegionsAsync(new() { Parent = "3205", AsOf = "2004-10" })).Regions.ToDictionary(r => r.Name);
        var now = (await _registry.ListRegionsAsync(new() { Parent = "3205" })).Regions.Select(r => r.Name).ToList();

        Assert.Equal("regions/320508", Assert.Single(then["regions/320502"].Successors));
        Assert.DoesNotContain("regions/320508", then.Keys);
        Assert.Contains("regions/320508", now);
        Assert.DoesNotContain("regions/320502", now);
    }

    private async Task<CommandLine> ImportAsync(string name, params string[] lines)
    {
        var file = Path.Combine(_folder.Path, name);
        if (lines.Length > 0)
            await File.WriteAllLinesAsync(file, lines);
        return await CommandLine.RunAsync(_server, ["registry", "import", file, "--bureau", "3205", "--rejects", Path.Combine(_folder.Path, "rejects.csv")]);
    }

    private async Task ReportAsync(params Report[] reports)
    {
        var answer = await new ReportingService.ReportingServiceClient(running.Gateway.Channel).BatchCreateReportsAsync(
            new() { Parent = "bureaus/3205", RequestId = Guid.NewGuid().ToString("N"), Reports = { reports } });
        Assert.Equal(reports.Length, answer.Receipt.Accepted);
    }

    private Task OutputIsAsync(string region, string period, double yuan) => Eventually.TrueAsync(async () =>
    {
        var health = await new IndicatorService.IndicatorServiceClient(running.Gateway.Channel).GetHealthAsync(new() { Name = region, Period = period });
        return health.Observations.Any(o => o.Indicator == "indicators/output_cny" && o.Labels.Count == 0 && o.Status != FigureStatus.Flash && o.Value.Equals(yuan));
    }, seconds: 20);

    private static IEnumerable<string> Months(int first, int last) => Enumerable.Range(first, last - first + 1).Select(m => $"2004-{m:00}");

    private static Report Output(string firm, string period, long yuan) => new()
    {
        Enterprise = "enterprises/org-" + firm,
        Period = period,
        Feed = Feed.Output,
        Output = new() { Value = new() { Currency = "CNY", MinorUnits = yuan * 100 } },
    };
}
