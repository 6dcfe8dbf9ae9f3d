using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>What a bureau can look up and take back after it has sent a file.</summary>
public sealed class RecordCommandTests : IAsyncLifetime
{
    private static readonly string[] Firms = ["org-000000001", "org-000000002", "org-000000003"];

    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    private string File => Path.Combine(_folder.Path, "month.csv");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
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
        await System.IO.File.WriteAllLinesAsync(
            File, ["enterprise,period,output (CNY)", .. Firms.Select((f, n) => $"{f},2004-12,{100 * (n + 1)}"), "org-000000009,2004-12,5"], Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_sent_file_can_be_looked_up_taken_back_and_sent_again()
    {
        var unknown = await RunAsync("status", File);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("has never sent", unknown.Errors, StringComparison.Ordinal);

        var sent = await RunAsync("send", File, "--output", "json");
        Assert.Equal(3, sent.ExitCode);
        var name = Json(sent).GetProperty("name").GetString()!;

        var status = await RunAsync("status", File, "--output", "json");
        Assert.Equal(3, status.ExitCode);
        Assert.Equal((name, "3", "1"), (Json(status).GetProperty("name").GetString(), Json(status).GetProperty("accepted").GetString(), Json(status).GetProperty("rejected").GetString()));
        var all = await RunAsync("status", "--output", "json");
        Assert.Equal(name, Json(all).GetProperty("submissions")[0].GetProperty("name").GetString());

        var receipts = await RunAsync("receipts", File, "--output", "json");
        var receipt = Assert.Single(Json(receipts).GetProperty("receipts").EnumerateArray());
        Assert.Equal((3, $"{name}/receipts/0"), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("name").GetString()));
        Assert.Equal(64, receipt.GetProperty("rowsSha256").GetString()!.Length);

        var listed = await RunAsync("reports", "list", Firms[0], Firms[1], "--output", "json");
        Assert.Equal(["10000", "20000"], Json(listed).GetProperty("reports").EnumerateArray()
            .Select(r => r.GetProperty("report").GetProperty("output").GetProperty("value").GetProperty("minorUnits").GetString()));

        var withdrawn = await RunAsync("withdraw", File, "--reason", "wrong unit", "--output", "json");
        Assert.Equal(0, withdrawn.ExitCode);
        Assert.Equal("3", Json(withdrawn).GetProperty("withdrawal").GetProperty("withdrawnReports").GetString());
        var history = await RunAsync("reports", "show", Firms[0], "output", "2004-12", "--history");
        Assert.Contains("withdrawn", history.Output, StringComparison.Ordinal);
        Assert.Contains("wrong unit", history.Output, StringComparison.Ordinal);

        var refused = await RunAsync("send", File);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--again", refused.Errors, StringComparison.Ordinal);
        var again = await RunAsync("send", File, "--again", "--output", "json");
        Assert.Equal(3, again.ExitCode);
        Assert.Equal(name + "-2", Json(again).GetProperty("name").GetString());
        var current = await RunAsync("reports", "show", Firms[0], "output", "2004-12", "--output", "json");
        Assert.Equal("STATE_CURRENT", Json(current).GetProperty("state").GetString());
    }

    [Fact]
    public async Task One_report_is_taken_back_by_its_name_and_a_receipt_of_a_batch_is_not()
    {
        var sent = await RunAsync("send", File, "--output", "json");
        var name = Json(sent).GetProperty("name").GetString()!;

        var report = await RunAsync("withdraw", $"{Firms[1]}/reports/output.2004-12", "--reason", "twice");
        var batch = await RunAsync("withdraw", $"{name}/receipts/0", "--reason", "twice");
        var missing = await RunAsync("withdraw", name);

        Assert.True(report.ExitCode == 0, report.ToString());
        Assert.Equal(2, batch.ExitCode);
        Assert.Contains(name, batch.Errors, StringComparison.Ordinal);
        Assert.Equal(64, missing.ExitCode);
        Assert.Contains("--reason", missing.Errors, StringComparison.Ordinal);
        var shown = await RunAsync("reports", "show", Firms[1], "output", "2004-12", "--output", "json");
        Assert.Equal("STATE_WITHDRAWN", Json(shown).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Which_bureaus_report_counts_is_chosen_and_the_choice_ended()
    {
        Assert.Equal(3, (await RunAsync("send", File)).ExitCode);
        var neither = await RunAsync("reports", "choose", Firms[0], "output", "2004-12", "--reason", "the city is late");
        var unknown = await RunAsync("reports", "choose", Firms[0], "output", "2004-12", "--bureau", "32", "--reason", "the city is late");
        Assert.Equal(64, neither.ExitCode);
        Assert.Contains("--nearest", neither.Errors, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("bureaus/32 has sent no such report", unknown.Errors, StringComparison.Ordinal);

        await new ReportingService.ReportingServiceClient(_gateway.Channel).BatchCreateReportsAsync(new()
        {
            Parent = "bureaus/32",
            Reports = { new Report { Enterprise = $"enterprises/{Firms[0]}", Feed = Feed.Output, Period = "2004-12", Output = new() { Value = new() { Currency = "CNY", MinorUnits = 77_700 } } } },
        });
        var chosen = await RunAsync("reports", "choose", Firms[0], "output", "2004-12", "--bureau", "3205", "--reason", "the province rounds", "--output", "json");
        Assert.True(chosen.ExitCode == 0, chosen.ToString());
        Assert.Equal(
            ("bureaus/3205", true, "local"),
            (Json(chosen).GetProperty("bureau").GetString(), Json(chosen).GetProperty("chosen").GetBoolean(), Json(chosen).GetProperty("chosenBy").GetString()));
        var ended = await RunAsync("reports", "choose", $"enterprises/{Firms[0]}/reports/output.2004-12", "--nearest", "--reason", "it is whole now");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        var history = await RunAsync("reports", "show", Firms[0], "output", "2004-12", "--history", "--output", "json");
        Assert.Equal([false, false, true, false], Json(history).GetProperty("revisions").EnumerateArray().Select(r => r.GetProperty("chosen").GetBoolean()));
        Assert.Equal("it is whole now", Json(history).GetProperty("revisions")[3].GetProperty("chooseReason").GetString());
    }

    private static JsonElement Json(CommandLine run)
    {
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    private Task<CommandLine> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync($"http://127.0.0.1:{_gateway.GrpcPort}", [.. arguments, .. (arguments[0] == "reports" ? Array.Empty<string>() : ["--bureau", "3205"])]);
}
