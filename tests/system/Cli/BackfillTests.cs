using System.Globalization;
using ClusterPulse.Gateway.Alerts;
using ClusterPulse.Policies;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>History that comes in late wakes nobody; the month that everybody looks at does.</summary>
public sealed class BackfillTests : IAsyncLifetime
{
    private const string County = "regions/320583";
    private static readonly string[] Firms = ["org-000000001", "org-000000002", "org-000000003", "org-000000004"];

    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // December 2004 is closed by the calendar on this day.
        _gateway = await GatewayProcess.StartHealthyAsync(Path.Combine(_folder.Path, "data"), "--as-of", "2005-01-31");
        var registry = new RegistryService.RegistryServiceClient(_gateway.Channel);
        foreach (var firm in Firms)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = $"enterprises/{firm}", ValidFrom = "2003-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign },
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_fall_in_a_closed_month_of_the_past_raises_no_alert_and_one_in_the_newest_does()
    {
        // Newest first in the file: each month half of what it was a year ago.
        await SendAsync("history.csv", Enumerable.Range(0, 23).Reverse(), "--backfill");
        await GrowthIsAsync("2004-11");

        var during = await AlertsAsync();

        Assert.Contains("FeedOverdue", during);
        Assert.DoesNotContain("OutputFalling", during);

        await SendAsync("newest.csv", [23]);
        await GrowthIsAsync("2004-12");
        Assert.Contains("OutputFalling", await AlertsAsync());
    }

    [Fact]
    public async Task The_oldest_month_is_stored_first()
    {
        await SendAsync("history.csv", [3, 1, 2, 0], "--backfill");

        foreach (var firm in Firms)
        {
            var rows = await RowsAsync(firm);
            Assert.Equal(["2003-01", "2003-02", "2003-03", "2003-04"], rows.OrderBy(r => r.Row).Select(r => r.Period));
        }
    }

    private async Task SendAsync(string name, IEnumerable<int> months, params string[] more)
    {
        var path = Path.Combine(_folder.Path, name);
        await File.WriteAllLinesAsync(
            path,
            ["enterprise,period,output (CNY)", .. months.SelectMany(m => Firms.Select(f =>
                string.Create(CultureInfo.InvariantCulture, $"{f},{2003 + m / 12}-{m % 12 + 1:00},{(m < 12 ? 1_000_000 : 500_000)}")))],
            Cancellation);
        var run = await CommandLine.RunAsync(["send", path, "--bureau", "3205", "--server", $"http://127.0.0.1:{_gateway.GrpcPort}", .. more]);
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    private async Task GrowthIsAsync(string period) => await Eventually.TrueAsync(async () =>
    {
        var health = await new IndicatorService.IndicatorServiceClient(_gateway.Channel).GetHealthAsync(new() { Name = County }, cancellationToken: Cancellation);
        return health.Observations.Any(o => o.Indicator == "indicators/growth_ratio" && o.Period == period && o.Labels["measure"] == "output"
            && o.Labels["span"] == "12" && o.Labels["basis"] == "comparable" && o.Value == -0.5);
    }, seconds: 60);

    private async Task<List<string>> AlertsAsync()
    {
        var places = await Picture.ReadAsync(_gateway.Channel);
        var thresholds = places.SelectMany(place => AlertPolicyCatalogue.All.Select(policy => (Key: (place.Name, policy.Key), policy.Value))).ToDictionary(t => t.Key, t => t.Value);
        return [.. AlertRules.Evaluate(places, thresholds).Where(a => a.Code == "320583").Select(a => a.Name)];
    }

    private async Task<List<(string Period, long Row)>> RowsAsync(string firm)
    {
        await using var store = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder.Path, "data", "clusterpulse.db")};Mode=ReadOnly;Pooling=False");
        await store.OpenAsync(Cancellation);
        await using var read = store.CreateCommand();
        read.CommandText = "SELECT period, row FROM report WHERE enterprise = $firm";
        read.Parameters.AddWithValue("$firm", firm);
        await using var found = await read.ExecuteReaderAsync(Cancellation);
        var rows = new List<(string, long)>();
        while (await found.ReadAsync(Cancellation))
            rows.Add((found.GetString(0), found.GetInt64(1)));
        return rows;
    }
}
