using System.Collections.Concurrent;
using System.Globalization;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Faults;

/// <summary>kill -9 while single reports come in, each a request of its own, that clients send again until they are answered.</summary>
public sealed class SingleReportKillTests
{
    private const int Firms = 24;
    private const int Kills = 3;
    private const int MonthsEach = 40;
    private const long Fen = 100;

    private readonly ConcurrentDictionary<string, Receipt> _answered = [];
    private readonly ConcurrentQueue<BatchCreateReportsRequest> _sent = [];

    [Fact]
    public async Task Every_request_is_stored_once_and_what_was_answered_is_answered_the_same_again()
    {
        using var folder = new TempFolder();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var gateway = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2012-12-31");
            if (kill == 0)
                await RegisterAsync(gateway);
            var (first, enough) = (kill * MonthsEach, _answered.Count + (2 * Firms));
            var senders = Enumerable.Range(0, Firms).Select(firm => SendAsync(gateway, firm, first)).ToList();
            // Some requests are then under way, whatever the machine.
            await Eventually.TrueAsync(() => Task.FromResult(_answered.Count > enough));
            await gateway.KillAsync();
            await Task.WhenAll(senders);
        }
        await using var last = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2012-12-31");
        var reporting = new ReportingService.ReportingServiceClient(last.Channel);

        var unanswered = 0;
        foreach (var request in _sent)
        {
            var again = (await reporting.BatchCreateReportsAsync(request)).Receipt;
            Assert.Equal(1, again.Accepted);
            Assert.Equal(1, (await reporting.GetSubmissionAsync(new() { Name = again.Name[..again.Name.IndexOf("/receipts/", StringComparison.Ordinal)] })).NextOffset);
            if (!_answered.TryGetValue(request.RequestId, out var before))
            {
                unanswered++;
                continue;
            }
            Assert.True(again.Replayed);
            before.Replayed = true;
            Assert.Equal(before, again);
        }

        Assert.True(unanswered > 0, "every request was answered before the kill");
        foreach (var request in _sent)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{request.Reports[0].Enterprise}/reports/output.{request.Reports[0].Period}");
            Assert.Equal(1, (await reporting.GetReportAsync(new() { Name = name })).Report.Revision);
        }
        var audit = await Picture.AuditAsync(last.Channel);
        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
    }

    private static async Task RegisterAsync(GatewayProcess gateway)
    {
        var registry = new RegistryService.RegistryServiceClient(gateway.Channel);
        for (var firm = 0; firm < Firms; firm++)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = Firm(firm), ValidFrom = "2003-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign },
            });
        }
    }

    private async Task SendAsync(GatewayProcess gateway, int firm, int first)
    {
        var reporting = new ReportingService.ReportingServiceClient(gateway.Channel);
        try
        {
            // More than there is time for.
            for (var month = first; month < first + MonthsEach; month++)
            {
                var request = new BatchCreateReportsRequest
                {
                    Parent = "bureaus/it",
                    RequestId = string.Create(CultureInfo.InvariantCulture, $"{firm}-{month}"),
                    Reports =
                    {
                        new Report
                        {
                            Enterprise = Firm(firm),
                            Period = new DateOnly(2003, 1, 1).AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture),
                            Feed = Feed.Output,
                            Output = new() { Value = new() { Currency = "CNY", MinorUnits = Fen } },
                        },
                    },
                };
                _sent.Enqueue(request);
                _answered[request.RequestId] = (await reporting.BatchCreateReportsAsync(request)).Receipt;
            }
        }
        catch (RpcException)
        {
            // Killed: the request is sent again in the end.
        }
    }

    private static string Firm(int number) => string.Create(CultureInfo.InvariantCulture, $"enterprises/org-K{number:D8}");
}
