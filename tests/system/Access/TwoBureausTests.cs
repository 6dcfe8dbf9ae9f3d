using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;
using State = ClusterPulse.V1.ReportRevision.Types.State;

namespace ClusterPulse.SystemTests.Access;

/// <summary>The bureau of a prefecture, that of its province and the centre, about the same enterprise.</summary>
public sealed class TwoBureausTests : IAsyncLifetime
{
    private const string Firm = "enterprises/org-00000TW01";
    private const string Name = Firm + "/reports/output.2004-10";
    private const string Province = "bureaus/32";
    private const string Prefecture = "bureaus/3205";

    private readonly TempFolder _folder = new();
    private readonly TestIssuer _issuer;
    private GatewayProcess _gateway = null!;

    public TwoBureausTests() => _issuer = new(_folder.Path);

    private ReportingService.ReportingServiceClient Reporting => new(_gateway.Channel);

    public async ValueTask InitializeAsync()
    {
        _issuer.WriteAccess(
            "Nobody",
            new { Id = "bureau-32", Roles = "Bureau", Bureau = "32", Divisions = new[] { "32" }, Feeds = new[] { "*" } },
            new { Id = "bureau-3205", Roles = "Bureau", Bureau = "3205", Divisions = new[] { "3205" }, Feeds = new[] { "*" } },
            new { Id = "centre", Roles = "Centre, Operator", Divisions = new[] { "*" }, Level = "Enterprise" },
            new { Id = "centre-33", Roles = "Centre", Divisions = new[] { "33" }, Level = "Enterprise" });
        await StartAsync();
        await new RegistryService.RegistryServiceClient(_gateway.Channel).UpdateEnterpriseAsync(
            new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = Firm, ValidFrom = "2003-01", Region = "regions/320505", Industry = "391", Ownership = Ownership.Private },
            },
            Header("centre"));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_province_comes_first_and_then_the_prefecture_counts()
    {
        Assert.Empty((await SendAsync(Province, 100, revision: 3)).Rows);
        await ShowsAsync(100);

        var nearer = await SendAsync(Prefecture, 200, revision: 1);

        Assert.Equal((0, 1), (nearer.Rejected, nearer.Revised));
        await ShowsAsync(200);
        Assert.Equal([(Province, 3, 100, State.Superseded), (Prefecture, 4, 200, State.Current)], await HistoryAsync());
        await SoundAsync();
    }

    [Fact]
    public async Task The_prefecture_comes_first_and_what_the_province_sends_is_set_aside_until_the_centre_chooses_it()
    {
        await SendAsync(Prefecture, 200);
        await ShowsAsync(200);

        // Set aside, and said so.
        var aside = await SendAsync(Province, 100, "p1");
        Assert.Equal((1, 1), (aside.Accepted, aside.Warned));
        var warning = Assert.Single(Assert.Single(aside.Rows).Warnings);
        Assert.Equal("ANOTHER_BUREAU_COUNTS", warning.Reason);
        Assert.Contains(Prefecture, warning.Rule, StringComparison.Ordinal);
        (string, int, int, State)[] both = [(Prefecture, 1, 200, State.Current), (Province, 1, 100, State.SetAside)];
        Assert.Equal(both, await HistoryAsync());
        Assert.Equal(Prefecture, (await Reporting.GetReportAsync(new() { Name = Name }, Header(Province))).Bureau);

        // After a restart the same again adds nothing: neither the batch nor its words.
        await _gateway.KillAsync();
        await _gateway.DisposeAsync();
        await StartAsync();
        Assert.True((await SendAsync(Province, 100, "p1")).Replayed);
        Assert.Equal((0, 1), (Of(await SendAsync(Province, 100, "p2"))));
        Assert.Equal(both, await HistoryAsync());
        await ShowsAsync(200);

        // The centre chooses, and only one that has the enterprise.
        await FailsAsync(StatusCode.PermissionDenied, Choose(Province, "centre-33"));
        await FailsAsync(StatusCode.PermissionDenied, Choose(Province, Province));
        await FailsAsync(StatusCode.NotFound, Choose("bureaus/33", "centre"));
        await FailsAsync(StatusCode.InvalidArgument, Reporting.ChooseReportAsync(new() { Name = Name, Bureau = Province }, Header("centre")));
        var chosen = await Choose(Province, "centre");
        Assert.Equal(
            (Province, 2, true, "centre", "the prefecture took the wrong unit", "bureaus/32/submissions/request-p1"),
            (chosen.Bureau, chosen.Report.Revision, chosen.Chosen, chosen.ChosenBy, chosen.ChooseReason, chosen.Submission));
        await ShowsAsync(100);
        Assert.Equal(2, (await Choose(Province, "centre")).Report.Revision);

        // The prefecture's later row is set aside, the province's counts.
        Assert.Equal((1, 0), Of(await SendAsync(Prefecture, 210)));
        Assert.Equal((0, 0), Of(await SendAsync(Province, 110)));
        await ShowsAsync(110);

        // The choice is ended: what counts goes on until the nearer bureau speaks.
        Assert.False((await Choose("", "centre")).Chosen);
        await ShowsAsync(110);
        Assert.Equal((0, 0), Of(await SendAsync(Prefecture, 220)));
        await ShowsAsync(220);
        Assert.Equal(
            [
                (Prefecture, 1, 200, State.Superseded), (Province, 1, 100, State.Superseded), (Prefecture, 1, 210, State.Superseded),
                (Province, 2, 100, State.Superseded), (Province, 3, 110, State.Superseded), (Province, 4, 110, State.Superseded),
                (Prefecture, 5, 220, State.Current),
            ],
            await HistoryAsync());
        await SoundAsync();
    }

    [Fact]
    public async Task Each_takes_back_its_own_and_what_was_set_aside_does_not_come_back_by_itself()
    {
        await SendAsync(Prefecture, 200, "s1");
        await SendAsync(Province, 100, "p1");

        // However often the province asks, the prefecture's stays.
        for (var i = 0; i < 2; i++)
            Assert.Equal(1, (await Reporting.WithdrawReportAsync(new() { Name = Name, Bureau = Province, Reason = "mistaken" }, Header(Province))).Revision);
        Assert.Equal([(Prefecture, 1, 200, State.Current), (Province, 1, 100, State.Withdrawn)], await HistoryAsync());
        await FailsAsync(StatusCode.NotFound, Choose(Province, "centre"));

        await SendAsync(Province, 120, "p2");
        var taken = await Reporting.WithdrawSubmissionAsync(new() { Name = Prefecture + "/submissions/request-s1", Reason = "the wrong file" }, Header(Prefecture));
        Assert.Equal(1, taken.Withdrawal.WithdrawnReports);
        Assert.Equal(State.Withdrawn, (await Reporting.GetReportAsync(new() { Name = Name }, Header(Province))).State);
        Assert.Equal((1, 0), Of(await SendAsync(Province, 130, "p3")));
        await ShowsAsync(130);
        taken = await Reporting.WithdrawSubmissionAsync(new() { Name = Province + "/submissions/request-p2", Reason = "the wrong file" }, Header(Province));
        Assert.Equal(1, taken.Withdrawal.WithdrawnReports);
        Assert.Equal(
            [(Prefecture, 1, 200, State.Withdrawn), (Province, 1, 100, State.Withdrawn), (Province, 2, 130, State.Current), (Province, 2, 120, State.Withdrawn)],
            await HistoryAsync());

        // What counts of a nearer bureau is not the province's to take back.
        await SendAsync(Prefecture, 240);
        await SendAsync(Prefecture, 300, period: "2004-09");
        await FailsAsync(StatusCode.FailedPrecondition, Reporting.WithdrawReportAsync(
            new() { Name = Firm + "/reports/output.2004-09", Bureau = Province, Reason = "x" }, Header(Province)));
        await SoundAsync();
    }

    private async Task StartAsync() =>
        _gateway = await GatewayProcess.StartHealthyAsync(Path.Combine(_folder.Path, "data"), "--as-of", "2004-12-31", "--access", _issuer.AccessFile);

    private Metadata Header(string who) => _issuer.Header(who.Replace("bureaus/", "bureau-", StringComparison.Ordinal));

    private static (long Accepted, long Duplicate) Of(Receipt receipt) => (receipt.Accepted, receipt.Duplicate);

    private async Task<Receipt> SendAsync(string bureau, long yuan, string request = "", int revision = 0, string period = "2004-10") =>
        (await Reporting.BatchCreateReportsAsync(
            new()
            {
                Parent = bureau,
                RequestId = request,
                Reports =
                {
                    new Report
                    {
                        Enterprise = Firm, Feed = Feed.Output, Period = period, Revision = revision,
                        Output = new() { Value = new() { Currency = "CNY", MinorUnits = yuan * 100 } },
                    },
                },
            },
            Header(bureau))).Receipt;

    private AsyncUnaryCall<ReportRevision> Choose(string bureau, string who) => Reporting.ChooseReportAsync(
        new() { Name = Name, Bureau = bureau, Reason = "the prefecture took the wrong unit" }, Header(who));

    private async Task<(string, int, int, State)[]> HistoryAsync() =>
    [
        .. (await Reporting.ListReportRevisionsAsync(new() { Name = Name }, Header(Prefecture))).Revisions
            .Select(r => (r.Bureau, r.Report.Revision, (int)(r.Report.Output.Value.MinorUnits / 100), r.State)),
    ];

    private Task ShowsAsync(double yuan) => Eventually.TrueAsync(async () =>
    {
        var health = await new IndicatorService.IndicatorServiceClient(_gateway.Channel).GetHealthAsync(
            new() { Name = "regions/3205", Period = "2004-10" }, Header("centre"));
        return health.Observations.Any(o => o.Indicator == "indicators/output_cny" && o.Value.Equals(yuan));
    });

    private async Task SoundAsync()
    {
        using var call = new AdminService.AdminServiceClient(_gateway.Channel).RunAudit(new(), Header("centre"));
        AuditResult? result = null;
        await foreach (var message in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            result = message.Result ?? result;
        Assert.True(result!.Differences == 0 && result.FigureDifferences == 0, result.ToString());
    }

    private static async Task FailsAsync<T>(StatusCode expected, AsyncUnaryCall<T> call) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
}
