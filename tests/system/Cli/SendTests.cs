using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>Files sent by the program to the running server, with everything that comes between.</summary>
public sealed partial class SendTests : IAsyncLifetime
{
    private const int Firms = 400;
    private const int Months = 24;

    /// <summary>Output, exports and employment of each firm and month.</summary>
    private const int Reports = Firms * Months * 3;

    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;
    private CuttingProxy _proxy = null!;

    private string Server => $"http://127.0.0.1:{_proxy.Port}";

    private string Csv => Path.Combine(_folder.Path, "history.csv");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StartAsync();
        _proxy = new(_gateway.GrpcPort);
        using var import = new RegistryService.RegistryServiceClient(_gateway.Channel).ImportEnterprises();
        await import.RequestStream.WriteAsync(new()
        {
            Enterprises =
            {
                Enumerable.Range(0, Firms).Select(f => new Enterprise
                {
                    Name = $"enterprises/{Firm(f)}", ValidFrom = "2003-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign,
                }),
            },
        });
        Assert.True(await import.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(0, import.ResponseStream.Current.Receipt.Rejected);
        await import.RequestStream.CompleteAsync();
        await using var csv = File.CreateText(Csv);
        await csv.WriteLineAsync("企业代码,报告期,工业总产值(千元),出口交货值(千元),从业人员(人)");
        for (var m = 0; m < Months; m++)
        {
            for (var f = 0; f < Firms; f++)
                await csv.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Firm(f)},{2003 + m / 12}-{m % 12 + 1:00},{1000 + f + m}.5,{f},{50 + f % 7}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _proxy.Dispose();
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_sent_and_the_same_file_again_changes_nothing()
    {
        var first = await SendAsync("--output", "json");
        var again = await SendAsync("--output", "json");

        Assert.True(first.ExitCode == 0, first.ToString());
        using var receipt = JsonDocument.Parse(first.Output);
        Assert.Equal($"{Reports}", receipt.RootElement.GetProperty("accepted").GetString());
        Assert.Equal("STATE_FINALIZED", receipt.RootElement.GetProperty("state").GetString());
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(first.Output, again.Output);
        Assert.Contains("already sent on", again.Errors.Split('\n')[0], StringComparison.Ordinal);
        await EachReportIsThereOnceAsync();
    }

    [Fact]
    public async Task The_server_killed_or_stopped_in_the_middle_and_started_again_has_every_report_once()
    {
        var sending = SendAsync();
        for (var end = 0; end < 2; end++)
        {
            await WhenInAsync((end + 1) * Reports / 4, sending);
            // kill -9, then a stop that says farewell to its connections.
            await (end == 0 ? _gateway.KillAsync() : _gateway.TerminateAsync());
            _proxy.Cut();
            await _gateway.DisposeAsync();
            _gateway = await StartAsync();
            _proxy.Target = _gateway.GrpcPort;
        }

        var run = await sending;

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Interrupted", run.Errors, StringComparison.Ordinal);
        await EachReportIsThereOnceAsync();
    }

    [Fact]
    public async Task Connections_cut_again_and_again_lose_nothing_and_double_nothing()
    {
        var sending = SendAsync();
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(700, Cancellation));
            _proxy.Cut();
        }

        var run = await sending;

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Interrupted", run.Errors, StringComparison.Ordinal);
        await EachReportIsThereOnceAsync();
    }

    [Fact]
    public async Task Stopped_with_Ctrl_C_it_says_how_to_go_on_and_does()
    {
        using var process = CommandLine.Start(null, SendArguments());
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await WhenInAsync(Reports / 10, process.WaitForExitAsync(Cancellation));
        using (Process.Start("kill", ["-INT", $"{process.Id}"]))
            await process.WaitForExitAsync(Cancellation);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Run the same command again", await errors, StringComparison.Ordinal);
        Assert.Equal("", await output);
        var before = (await SubmissionAsync())!.NextOffset;
        Assert.InRange(before, Reports / 10, Reports - 1);

        var run = await SendAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        // What was on its way when it was stopped may have come in since.
        var told = RowsInAlready().Match(run.Errors.Split('\n')[0]).Groups[1].Value;
        Assert.InRange(long.Parse(told, CultureInfo.InvariantCulture), before, Reports - 1);
        await EachReportIsThereOnceAsync();
    }

    [Fact]
    public async Task Rejected_rows_come_back_in_a_file_that_can_be_mended_and_sent()
    {
        var (bad, rejects) = (Path.Combine(_folder.Path, "bad.csv"), Path.Combine(_folder.Path, "rejects.csv"));
        await File.WriteAllTextAsync(bad, $"""
            enterprise,feed,period,value,currency
            {Firm(0)},output,2004-12,100.25,CNY
            {Firm(1)},output,2004-12,-5,CNY
            {Firm(2)},output,2004-12,much,CNY
            org-AAAAAAAA9,output,2004-12,7,CNY
            """, Cancellation);

        var run = await CommandLine.RunAsync("send", bad, "--bureau", "3205", "--server", Server, "--rejects", rejects);
        var mended = (await File.ReadAllTextAsync(rejects, Cancellation)).Replace("-5", "5", StringComparison.Ordinal).Replace("much", "6", StringComparison.Ordinal)
            .Replace("org-AAAAAAAA9", Firm(3), StringComparison.Ordinal);
        await File.WriteAllTextAsync(rejects, mended, Cancellation);
        var second = await CommandLine.RunAsync("send", rejects, "--bureau", "3205", "--server", Server);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("bad.csv:3", run.Errors, StringComparison.Ordinal);
        Assert.Contains("NEGATIVE_VALUE", run.Errors, StringComparison.Ordinal);
        Assert.Contains("bad.csv:4", run.Errors, StringComparison.Ordinal);
        Assert.Contains("bad.csv:5", run.Errors, StringComparison.Ordinal);
        Assert.True(second.ExitCode == 0, second.ToString());
        await _gateway.TerminateAsync();
        Assert.Equal(4, await CountAsync("SELECT count(*) FROM report"));
    }

    [Fact]
    public async Task A_server_that_is_away_is_given_up_after_the_time_that_was_said()
    {
        await _gateway.KillAsync();

        var run = await SendAsync("--give-up-after", "0.02");

        Assert.Equal(69, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("attempt 1", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(\d+) rows are in already")]
    private static partial Regex RowsInAlready();

    private static string Firm(int n) => string.Create(CultureInfo.InvariantCulture, $"org-{n:00000000}X");

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartHealthyAsync(Path.Combine(_folder.Path, "data"), "--as-of", "2005-01-31");

    private string[] SendArguments(params string[] more) => ["send", Csv, "--bureau", "3205", "--server", Server, .. more];

    private Task<CommandLine> SendAsync(params string[] more) => CommandLine.RunAsync(SendArguments(more));

    private async Task WhenInAsync(long rows, Task sending) => await Eventually.TrueAsync(async () =>
    {
        Assert.False(sending.IsCompleted, "it ended too early");
        return (await SubmissionAsync())?.NextOffset >= rows;
    }, seconds: 120);

    private async Task<Submission?> SubmissionAsync()
    {
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Csv, Cancellation)));
        await using var store = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "data", "clusterpulse.db")};Mode=ReadOnly;Pooling=False");
        await store.OpenAsync(Cancellation);
        await using var read = store.CreateCommand();
        read.CommandText = "SELECT id FROM submission WHERE sha256 = $sha";
        read.Parameters.AddWithValue("$sha", sha256);
        return await read.ExecuteScalarAsync(Cancellation) is string id
            ? await new ReportingService.ReportingServiceClient(_gateway.Channel).GetSubmissionAsync(new() { Name = $"bureaus/3205/submissions/{id}" }, cancellationToken: Cancellation)
            : null;
    }

    private async Task EachReportIsThereOnceAsync()
    {
        var submission = (await SubmissionAsync())!;
        Assert.Equal((Submission.Types.State.Finalized, Reports), (submission.State, (int)submission.NextOffset));
        Assert.Equal((0L, 0L), (submission.Revised, submission.Rejected));
        await _gateway.TerminateAsync();
        Assert.Equal(Reports, await CountAsync("SELECT count(*) FROM report"));
        // Nothing was replaced by a second coming of itself.
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM report WHERE revision > 1"));
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "data", "clusterpulse.db")};Mode=ReadOnly;Pooling=False");
        await store.OpenAsync(Cancellation);
        await using var read = store.CreateCommand();
        read.CommandText = sql;
        return (long)(await read.ExecuteScalarAsync(Cancellation))!;
    }
}
