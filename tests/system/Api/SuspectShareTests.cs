using System.Globalization;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>A fall that is a slip of the unit, as far as the text of the alert.</summary>
public sealed class SuspectShareTests : IAsyncLifetime
{
    private const string County = "regions/320583";
    private const string Gauge = "clusterpulse_change_suspect_ratio{code=\"320583\",indicator=\"output_cny\",level=\"county\"} ";
    private const string Slipped = "enterprises/org-000000001";
    private static readonly string[] Firms = [Slipped, "enterprises/org-000000002", "enterprises/org-000000003", "enterprises/org-000000004"];

    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;
    private IndicatorService.IndicatorServiceClient _indicators = null!;

    public async ValueTask InitializeAsync()
    {
        // December 2004 is closed by the calendar on this day.
        _gateway = await GatewayProcess.StartHealthyAsync(Path.Combine(_folder.Path, "data"), "--as-of", "2005-01-31");
        _indicators = new(_gateway.Channel);
        var registry = new RegistryService.RegistryServiceClient(_gateway.Channel);
        foreach (var firm in Firms)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = firm, ValidFrom = "2003-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign },
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_alert_says_what_a_report_in_the_wrong_unit_holds_of_the_fall_until_somebody_vouches_for_it()
    {
        await using var prometheus = await PrometheusServer.StartAsync(_gateway.HttpPort);
        // 1,000,000 yuan a month each, a year later 900,000.
        for (var month = 0; month < 23; month++)
            Assert.Equal(0, (await SendAsync(month, month < 12 ? 100_000_000 : 90_000_000)).Warned);
        // In December one of them says ten thousand times as much: it outweighs what the others lose.
        var last = await SendAsync(23, 90_000_000, slipped: 900_000_000_000);
        Assert.Equal((4, 1, "UNUSUAL_CHANGE"), (last.Accepted, last.Warned, last.Rows.Single().Warnings.Single().Reason));
        await GaugeIsAsync(1);
        // Then 90 万元 as 90 yuan.
        Assert.Equal(1, (await SendAsync(23, 90_000_000, slipped: 9_000)).Warned);

        // (1,000,000 − 90) of (1,000,000 − 90) + 3 × 100,000.
        const double Share = 999_910d / 1_299_910;
        await GaugeIsAsync(Share);
        var explained = await _indicators.ExplainChangeAsync(new() { Name = County, Indicator = "output_cny", By = "operands" });
        Assert.Equal((-1_299_910, Share), (explained.Change, explained.SuspectShare));
        Assert.False((await _indicators.ExplainChangeAsync(new() { Name = County, Indicator = "output_cny", By = "operands", From = "2004-06" })).HasSuspectShare);
        var run = await CommandLine.RunAsync($"http://127.0.0.1:{_gateway.GrpcPort}", ["explain", County, "output_cny", "--by", "operands"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Suspect reports hold 76.92 % of the change", run.Output, StringComparison.Ordinal);
        await AlertSaysAsync(prometheus, "存疑报送占变动的 77%。", "Suspect reports hold 77% of the change.");

        // The value stays as it is.
        await SendAsync(23, 90_000_000, slipped: 9_000, note: "the works stood still");

        await GaugeIsAsync(0);
        await Eventually.TrueAsync(async () => (await TextsAsync(prometheus)) is var (zh, en)
            && zh.Contains("主要原因：", StringComparison.Ordinal) && en.Contains("Mainly:", StringComparison.Ordinal)
            && !zh.Contains("存疑", StringComparison.Ordinal) && !en.Contains("Suspect", StringComparison.Ordinal), seconds: 120);
        var audit = await Picture.AuditAsync(_gateway.Channel);
        Assert.Equal((0, 0), (audit.Differences, audit.FigureDifferences));
    }

    private Task GaugeIsAsync(double share) => Eventually.TrueAsync(async () =>
        (await _gateway.GetAsync("/metrics/domain")).Split('\n').SingleOrDefault(l => l.StartsWith(Gauge, StringComparison.Ordinal)) is { } line
        && Math.Abs(double.Parse(line[Gauge.Length..].Split(' ')[0], CultureInfo.InvariantCulture) - share) < 1e-12, seconds: 60);

    private static Task AlertSaysAsync(PrometheusServer prometheus, string zh, string en) => Eventually.TrueAsync(
        async () => (await TextsAsync(prometheus)) is var (saidZh, saidEn)
            && saidZh.EndsWith(zh, StringComparison.Ordinal) && saidEn.EndsWith(en, StringComparison.Ordinal),
        seconds: 240);

    private static async Task<(string Zh, string En)?> TextsAsync(PrometheusServer prometheus)
    {
        var found = (await prometheus.AnnotationsAsync("firing", "OutputFalling", "320583")).SingleOrDefault();
        return found is null ? null : (found["description_zh"], found["description_en"]);
    }

    /// <summary>A month of all firms; one of them may say something else.</summary>
    private async Task<Receipt> SendAsync(int month, long fen, long? slipped = null, string note = "")
    {
        var period = string.Create(CultureInfo.InvariantCulture, $"{2003 + (month / 12)}-{(month % 12) + 1:00}");
        var request = new BatchCreateReportsRequest { Parent = "bureaus/320583", RequestId = Guid.NewGuid().ToString() };
        request.Reports.AddRange(Firms.Select(firm => new Report
        {
            Enterprise = firm,
            Period = period,
            Feed = Feed.Output,
            Note = firm == Slipped ? note : "",
            Output = new() { Value = new() { Currency = "CNY", MinorUnits = firm == Slipped ? slipped ?? fen : fen } },
        }));
        return (await new ReportingService.ReportingServiceClient(_gateway.Channel).BatchCreateReportsAsync(request)).Receipt;
    }
}
