using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary><c>watch</c> as a process, through the death of the server.</summary>
public sealed class WatchCommandTests
{
    [Fact]
    public async Task A_watch_goes_on_after_the_server_was_killed_and_started_again()
    {
        using var folder = new TempFolder();
        var ports = (string[])["--grpc-port", $"{Ports.Free()}", "--http-port", $"{Ports.Free()}", "--as-of", "2004-12-31"];
        var gateway = await GatewayProcess.StartHealthyAsync(folder.Path, ports);
        await RegisterAsync(gateway);
        await ReportAsync(gateway, "2004-09", 100);
        using var watch = Watch.Start($"http://127.0.0.1:{gateway.GrpcPort}", "320583", "--indicator", "output_cny", "--output", "json");
        await watch.UntilAsync(e => e.TryGetProperty("snapshotEnd", out _));

        await gateway.KillAsync();
        await gateway.DisposeAsync();
        await using var again = await GatewayProcess.StartHealthyAsync(folder.Path, ports);
        await ReportAsync(again, "2004-10", 700);

        var change = await watch.UntilAsync(e => e.TryGetProperty("observation", out var o) && o.GetProperty("period").GetString() == "2004-10");
        Assert.Equal(7, change.GetProperty("observation").GetProperty("value").GetDouble());
        Assert.Equal(0, await watch.StopAsync());
        Assert.Contains("The connection broke", watch.Errors, StringComparison.Ordinal);
        Assert.Contains("Connected again", watch.Errors, StringComparison.Ordinal);
        // It resumed: nobody who reads the lines has to begin anew.
        Assert.Equal(1, watch.Seen.Count(e => e.TryGetProperty("snapshotEnd", out _)));
        Assert.DoesNotContain(watch.Seen, e => e.TryGetProperty("reset", out _));
    }

    [Fact]
    public async Task A_server_that_is_away_from_the_start_is_told_at_once()
    {
        var run = await CommandLine.RunAsync($"http://127.0.0.1:{Ports.Free()}", ["watch", "3205", "--output", "json"]);

        Assert.Equal((69, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Without_a_terminal_it_prints_a_line_for_each_figure()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2004-12-31");
        await RegisterAsync(gateway);
        await ReportAsync(gateway, "2004-09", 100);

        var run = await CommandLine.RunAsync($"http://127.0.0.1:{gateway.GrpcPort}", ["watch", "320583", "--indicator", "output_cny", "--once"]);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("regions/320583\toutput_cny\t2004-09\t1", run.Output, StringComparison.Ordinal);
    }

    private static async Task RegisterAsync(GatewayProcess gateway) =>
        await new RegistryService.RegistryServiceClient(gateway.Channel).UpdateEnterpriseAsync(new()
        {
            AllowMissing = true,
            Enterprise = new() { Name = "enterprises/org-AAAAAAAA1", ValidFrom = "2003-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign },
        });

    private static async Task ReportAsync(GatewayProcess gateway, string period, long fen)
    {
        var answer = await new ReportingService.ReportingServiceClient(gateway.Channel).BatchCreateReportsAsync(new()
        {
            Parent = "bureaus/320583",
            RequestId = period,
            Reports =
            {
                new Report { Enterprise = "org-AAAAAAAA1", Period = period, Feed = Feed.Output, Output = new() { Value = new() { Currency = "CNY", MinorUnits = fen } } },
            },
        });
        Assert.Equal(1, answer.Receipt.Accepted);
    }

    /// <summary>A running <c>watch</c>.</summary>
    private sealed class Watch(Process process) : IDisposable
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
        private readonly System.Text.StringBuilder _errors = new();

        public List<JsonElement> Seen { get; } = [];

        public string Errors
        {
            get
            {
                lock (_errors)
                    return _errors.ToString();
            }
        }

        public static Watch Start(string server, params string[] arguments)
        {
            var watch = new Watch(CommandLine.Start(server, ["watch", .. arguments]));
            watch.Listen();
            return watch;
        }

        public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> found)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (true)
            {
                var line = JsonDocument.Parse(await _lines.Reader.ReadAsync(patience.Token)).RootElement;
                Seen.Add(line);
                if (found(line))
                    return line;
            }
        }

        public async Task<int> StopAsync()
        {
            using (Process.Start("kill", ["-INT", $"{process.Id}"]))
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                await process.WaitForExitAsync(patience.Token);
            }
            return process.ExitCode;
        }

        public void Dispose()
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }

        private void Listen()
        {
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is not null)
                    _lines.Writer.TryWrite(line.Data);
            };
            process.ErrorDataReceived += (_, line) =>
            {
                lock (_errors)
                    _errors.AppendLine(line.Data);
            };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
    }
}
