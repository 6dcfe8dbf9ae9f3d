using System.Diagnostics;
using System.Text.Json;
using ClusterPulse.SystemTests.Api;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Protobuf;
using Xunit;

namespace ClusterPulse.SystemTests.Clients;

/// <summary>The programs of docs/examples, as processes of their own against the running gateway.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ExampleClientTests(RunningGateway running)
{
    private const int Firms = 50;
    private const int Rows = 1_000;

    [Fact]
    public async Task Node_breaks_off_asks_where_it_is_and_goes_on()
    {
        using var folder = new TempFolder();
        foreach (var file in (string[])["package.json", "package-lock.json", "send.mjs"])
            File.Copy(Path.Combine(Repository.Folder("docs/examples/node"), file), Path.Combine(folder.Path, file));
        var install = await RunAsync(folder.Path, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        Assert.True(install.ExitCode == 0, install.ToString());

        await SendAsync(folder.Path, $"127.0.0.1:{running.Gateway.GrpcPort}", "node", "send.mjs");
    }

    [Fact]
    public async Task CSharp_breaks_off_asks_where_it_is_and_goes_on()
    {
        using var folder = new TempFolder();
        await SendAsync(
            folder.Path, $"http://127.0.0.1:{running.Gateway.GrpcPort}", "dotnet", Path.Combine(AppContext.BaseDirectory, "ClusterPulse.Examples.Sender.dll"));
    }

    private async Task SendAsync(string folder, string server, params string[] program)
    {
        var ground = running.NextGround();
        await ground.PrepareAsync(running.Gateway.Channel);
        var file = Path.Combine(folder, "reports.ndjson");
        await File.WriteAllLinesAsync(file, (await ReportsAsync(ground)).Select(r => JsonFormatter.Default.Format(r)));
        var bureau = ground.Bureau["bureaus/".Length..];

        var run = await RunAsync(folder, program[0], program[1], server, bureau, "s2", file, "--break-after", "300");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("breaking off after", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.Errors.Split('\n').Count(l => l.Contains("going on at row", StringComparison.Ordinal)));
        var said = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("STATE_FINALIZED", said.GetProperty("state").GetString());
        // Each row was taken in once, whatever was on its way when the stream broke.
        var stored = await new ReportingService.ReportingServiceClient(running.Gateway.Channel).GetSubmissionAsync(new() { Name = $"{ground.Bureau}/submissions/s2" });
        Assert.Equal((Rows, Rows, 0, 0, 0), (stored.NextOffset, stored.Accepted, stored.Duplicate, stored.Revised, stored.Rejected));
        Assert.Equal(Submission.Types.State.Finalized, stored.State);
        // A second run of the program finds nothing to do.
        var again = await RunAsync(folder, program[0], program[1], server, bureau, "s2", file);
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(said.GetProperty("accepted").ToString(), JsonDocument.Parse(again.Output).RootElement.GetProperty("accepted").ToString());
    }

    /// <summary>Twenty months of output of fifty firms.</summary>
    private async Task<IEnumerable<Report>> ReportsAsync(OwnGround ground)
    {
        var registry = new RegistryService.RegistryServiceClient(running.Gateway.Channel);
        var firms = Enumerable.Range(0, Firms).Select(i => $"{ground.Firm[..^2]}{i:00}").ToList();
        foreach (var firm in firms)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = firm, ValidFrom = "2003-01", Region = ground.County["regions/".Length..], Industry = "391", Ownership = Ownership.Foreign },
            });
        }
        return from month in Enumerable.Range(0, Rows / Firms)
               from firm in firms
               select new Report
               {
                   Enterprise = firm,
                   Period = $"{2003 + (month / 12)}-{(month % 12) + 1:00}",
                   Feed = Feed.Output,
                   Output = new() { Value = new() { Currency = "CNY", MinorUnits = 100 } },
               };
    }

    private sealed record Run(int ExitCode, string Output, string Errors);

    private static async Task<Run> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CLUSTERPULSE_PROTOS"] = Repository.Folder("protos");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        return new(process.ExitCode, await output, await errors);
    }
}
