using System.Globalization;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Faults;

/// <summary>A copy of the embedded store that is made while reports come in, and the store that is restored from it.</summary>
public sealed class CopyTests
{
    private const int Firms = 30;
    private const long Fen = 100;

    [Fact]
    public async Task A_store_restored_from_a_copy_made_under_load_has_what_was_acknowledged_before_and_agrees_with_itself()
    {
        using var folder = new TempFolder();
        var (data, copy, restored) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "copy.db"), Path.Combine(folder.Path, "restored"));
        long before, after;
        await using (var gateway = await GatewayProcess.StartHealthyAsync(data, "--as-of", "2012-12-31"))
        {
            await RegisterAsync(gateway);
            using var stop = new CancellationTokenSource();
            long acknowledged = 0;
            var sending = Task.Run(async () =>
            {
                for (var batch = 0; !stop.IsCancellationRequested; batch++)
                {
                    await ReportAsync(gateway, batch);
                    Interlocked.Add(ref acknowledged, Firms);
                }
            }, CancellationToken.None);
            await Eventually.TrueAsync(() => Task.FromResult(Interlocked.Read(ref acknowledged) > 20 * Firms));
            before = Interlocked.Read(ref acknowledged);

            var backup = await RunAsync("backup", "--data", data, "--to", copy);

            after = Interlocked.Read(ref acknowledged);
            await stop.CancelAsync();
            await sending;
            Assert.True(backup.Code == 0, backup.Output);
            Assert.Contains($"{Firms} enterprises", backup.Output, StringComparison.Ordinal);
            Assert.True(Interlocked.Read(ref acknowledged) > before, "nothing was sent meanwhile");
            await gateway.KillAsync();
        }
        Directory.Delete(data, recursive: true);

        var restore = await RunAsync("restore", "--from", copy, "--data", restored);

        Assert.True(restore.Code == 0, restore.Output);
        await using var again = await GatewayProcess.StartHealthyAsync(restored, "--as-of", "2012-12-31");
        var stored = await StoredAsync(again);
        Assert.InRange(stored, before, after + Firms);
        var audit = await Picture.AuditAsync(again.Channel);
        Assert.True(audit.Cells > 0);
        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
    }

    [Fact]
    public async Task A_copy_overwrites_nothing_and_a_damaged_one_is_not_restored()
    {
        using var folder = new TempFolder();
        var (data, copy) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "copy.db"));
        await using (var gateway = await GatewayProcess.StartHealthyAsync(data, "--as-of", "2012-12-31"))
            await RegisterAsync(gateway);
        Assert.Equal(0, (await RunAsync("backup", "--data", data, "--to", copy)).Code);

        var twice = await RunAsync("backup", "--data", data, "--to", copy);
        var onto = await RunAsync("restore", "--from", copy, "--data", data);
        var left = Directory.CreateDirectory(Path.Combine(folder.Path, "left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "clusterpulse.db-wal"), "of the store before");
        var beside = await RunAsync("restore", "--from", copy, "--data", left);
        var none = await RunAsync("backup", "--data", Path.Combine(folder.Path, "none"), "--to", Path.Combine(folder.Path, "other.db"));
        await using (var stream = new FileStream(copy, FileMode.Open))
        {
            stream.Seek(stream.Length / 2, SeekOrigin.Begin);
            await stream.WriteAsync(new byte[64 * 1024]);
        }
        var damaged = await RunAsync("restore", "--from", copy, "--data", Path.Combine(folder.Path, "new"));

        Assert.Equal((2, true), (twice.Code, twice.Output.Contains("is there already", StringComparison.Ordinal)));
        Assert.Equal((2, true), (onto.Code, onto.Output.Contains("is there already", StringComparison.Ordinal)));
        Assert.Equal((2, true), (beside.Code, beside.Output.Contains("is left from another store", StringComparison.Ordinal)));
        Assert.Equal((2, true), (none.Code, none.Output.Contains("There is no store", StringComparison.Ordinal)));
        Assert.Equal(1, damaged.Code);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "new")));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_copy_for_which_there_is_no_room_leaves_nothing()
    {
        using var folder = new TempFolder();
        using var disk = new SmallDisk(1);
        var data = Path.Combine(folder.Path, "data");
        await using (var gateway = await GatewayProcess.StartHealthyAsync(data, "--as-of", "2012-12-31"))
            await RegisterAsync(gateway);
        disk.Fill(Path.Combine(disk.Path, "filler"), leaveKibibytes: 128);

        var backup = await RunAsync("backup", "--data", data, "--to", Path.Combine(disk.Path, "copy.db"));

        Assert.Equal((2, true), (backup.Code, backup.Output.Contains("cannot be made", StringComparison.Ordinal)));
        Assert.Equal("filler", Path.GetFileName(Assert.Single(Directory.GetFiles(disk.Path))));
    }

    private static async Task RegisterAsync(GatewayProcess gateway)
    {
        var registry = new RegistryService.RegistryServiceClient(gateway.Channel);
        for (var firm = 0; firm < Firms; firm++)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = Name(firm), ValidFrom = "2003-01", Region = firm % 2 == 0 ? "320583" : "330304", Industry = "391", Ownership = Ownership.Private },
            });
        }
    }

    /// <summary>A month of all firms; the months come round, so that later ones are revisions.</summary>
    private static async Task ReportAsync(GatewayProcess gateway, int batch)
    {
        var month = batch % 96;
        var request = new BatchCreateReportsRequest { Parent = "bureaus/3205", RequestId = string.Create(CultureInfo.InvariantCulture, $"copy-{batch}") };
        for (var firm = 0; firm < Firms; firm++)
        {
            request.Reports.Add(new Report
            {
                Enterprise = Name(firm),
                Period = string.Create(CultureInfo.InvariantCulture, $"{2004 + (month / 12)}-{(month % 12) + 1:D2}"),
                Feed = Feed.Output,
                Output = new() { Value = new() { Currency = "CNY", MinorUnits = (batch + 1) * (firm + 1) * Fen } },
            });
        }
        var answer = await new ReportingService.ReportingServiceClient(gateway.Channel).BatchCreateReportsAsync(request);
        Assert.Equal(Firms, answer.Receipt.Accepted + answer.Receipt.Revised);
    }

    /// <summary>Revisions that are stored, of all firms.</summary>
    private static async Task<long> StoredAsync(GatewayProcess gateway)
    {
        var reporting = new ReportingService.ReportingServiceClient(gateway.Channel);
        long stored = 0;
        for (var firm = 0; firm < Firms; firm++)
        {
            for (var month = 0; month < 96; month++)
            {
                try
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"{Name(firm)}/reports/output.{2004 + (month / 12)}-{(month % 12) + 1:D2}");
                    stored += (await reporting.GetReportAsync(new() { Name = name })).Report.Revision;
                }
                catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
                {
                    // Not reported.
                }
            }
        }
        return stored;
    }

    private static string Name(int firm) => string.Create(CultureInfo.InvariantCulture, $"enterprises/org-K{firm:D8}");

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var run = await CommandLine.OfAssemblyAsync("ClusterPulse.Gateway.dll", arguments);
        return (run.ExitCode, run.Output + run.Errors);
    }
}
