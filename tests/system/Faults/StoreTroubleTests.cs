using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ClusterPulse.SystemTests.Faults;

/// <summary>The store is locked, or its disk is full: the sender is told to come back, nothing acknowledged is lost, and the process
/// recovers by itself.</summary>
public sealed class StoreTroubleTests
{
    private const string Submission = "bureaus/3205/submissions/s";
    private const int BatchRows = 500;

    [Fact]
    public async Task A_locked_database_is_unavailable_with_a_retry_delay_and_then_goes_on()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2004-12-31");
        await RegisterAsync(gateway);
        var sent = await SendAsync(gateway, 0);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "clusterpulse.db")};Pooling=False"))
        {
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: false);

            var error = await Assert.ThrowsAsync<RpcException>(() => SendAsync(gateway, sent));

            AssertComeBack(error);
        }

        Assert.Equal(sent + BatchRows, await SendAsync(gateway, sent));
    }

    [Fact]
    public async Task A_full_disk_is_unavailable_and_once_there_is_room_everything_acknowledged_is_there()
    {
        using var mount = new SmallDisk(mebibytes: 40);
        await using var gateway = await GatewayProcess.StartHealthyAsync(mount.Path, "--as-of", "2004-12-31");
        await RegisterAsync(gateway);
        var filler = Path.Combine(mount.Path, "filler");
        mount.Fill(filler, leaveKibibytes: 300);
        var sent = 0L;
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var batch = 0; batch < 200; batch++)
                sent = await SendAsync(gateway, sent);
        });
        AssertComeBack(error);

        File.Delete(filler);

        var reporting = new ReportingService.ReportingServiceClient(gateway.Channel);
        Assert.Equal(sent, (await reporting.GetSubmissionAsync(new() { Name = Submission })).NextOffset);
        var recovered = 0L;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                recovered = await SendAsync(gateway, sent);
                return true;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                return false;
            }
        });
        Assert.Equal(sent + BatchRows, recovered);
        using var store = new SqliteConnection($"Data Source={Path.Combine(mount.Path, "clusterpulse.db")};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var count = store.CreateCommand();
        count.CommandText = "SELECT count(*) FROM report";
        Assert.Equal(recovered, (long)count.ExecuteScalar()!);
    }

    private static void AssertComeBack(RpcException error)
    {
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(1, error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
    }

    private static async Task RegisterAsync(GatewayProcess gateway)
    {
        await new RegistryService.RegistryServiceClient(gateway.Channel).UpdateEnterpriseAsync(new()
        {
            AllowMissing = true,
            Enterprise = new() { Name = Name(0), ValidFrom = "1990-01", Region = "320583", Industry = "391", Ownership = Ownership.Private },
        });
        var reporting = new ReportingService.ReportingServiceClient(gateway.Channel);
        await reporting.CreateSubmissionAsync(new() { Parent = "bureaus/3205", SubmissionId = "s" });
    }

    /// <summary>Sends one batch of rows that nobody has sent before.</summary>
    private static async Task<long> SendAsync(GatewayProcess gateway, long offset)
    {
        var registry = new RegistryService.RegistryServiceClient(gateway.Channel);
        var enterprise = Name(offset / BatchRows);
        await registry.UpdateEnterpriseAsync(new()
        {
            AllowMissing = true,
            Enterprise = new() { Name = enterprise, ValidFrom = "1990-01", Region = "320583", Industry = "391", Ownership = Ownership.Private },
        });
        using var call = new ReportingService.ReportingServiceClient(gateway.Channel).AppendReports();
        var request = new AppendReportsRequest { Submission = Submission, Offset = offset };
        for (var row = 0; row < BatchRows; row++)
        {
            var month = row % 168;
            var feed = (row / 168) switch { 0 => Feed.Output, 1 => Feed.Export, _ => Feed.Employment };
            var report = new Report { Enterprise = enterprise, Period = $"{1990 + (month / 12)}-{(month % 12) + 1:D2}", Feed = feed, Note = new string('n', 200) };
            var value = new Money { Currency = "CNY", MinorUnits = row };
            if (feed == Feed.Output)
                report.Output = new() { Value = value };
            else if (feed == Feed.Export)
                report.Export = new() { Value = value };
            else
                report.Employment = new() { Persons = row };
            request.Reports.Add(report);
        }
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        var next = -1L;
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            next = answer.NextOffset;
        return next;
    }

    private static string Name(long number) => $"enterprises/org-FULL{number:D5}";
}
