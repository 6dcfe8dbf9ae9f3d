using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Faults;

/// <summary>kill -9 while a submission is taken back: the next start goes on by itself.</summary>
public sealed class WithdrawalTests
{
    private const int Firms = 20;
    private const int Months = 100;
    private const int Batch = 3_000;
    private const string Name = "bureaus/3205/submissions/s1";

    private static readonly Feed[] Feeds = [Feed.Output, Feed.Export, Feed.Employment];

    [Fact]
    public async Task A_withdrawal_that_was_cut_off_ends_after_the_restart_with_every_report_taken_back_once()
    {
        using var folder = new TempFolder();
        await using (var first = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2004-12-31"))
        {
            await SendAsync(first);
            var reporting = new ReportingService.ReportingServiceClient(first.Channel);
            try
            {
                // Time for a first part, and for the answer, and for no more.
                var begun = await reporting.WithdrawSubmissionAsync(new() { Name = Name, Reason = "the wrong year" }, deadline: DateTime.UtcNow.AddSeconds(2));
                Assert.Equal(1_000, begun.Withdrawal.RowsDone);
                Assert.Null(begun.Withdrawal.FinishTime);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.DeadlineExceeded)
            {
                // The first part took longer; it goes on all the same.
            }
            await first.KillAsync();
        }

        await using var next = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2004-12-31");
        var after = new ReportingService.ReportingServiceClient(next.Channel);
        var withdrawal = new SubmissionWithdrawal();
        await Eventually.TrueAsync(
            async () => (withdrawal = (await after.GetSubmissionAsync(new() { Name = Name })).Withdrawal).FinishTime is not null, seconds: 120);

        Assert.Equal((Firms * Months * Feeds.Length, "the wrong year"), (withdrawal.WithdrawnReports, withdrawal.Reason));
        for (var firm = 0; firm < Firms; firm++)
        {
            var reports = await after.ListReportsAsync(new() { Parent = Firm(firm), PageSize = 1_000 });
            Assert.Equal(Months * Feeds.Length, reports.Reports.Count);
            Assert.All(reports.Reports, r => Assert.Equal((ReportRevision.Types.State.Withdrawn, 1), (r.State, r.Report.Revision)));
        }
        var audit = await Picture.AuditAsync(next.Channel);
        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
    }

    private static async Task SendAsync(GatewayProcess gateway)
    {
        var registry = new RegistryService.RegistryServiceClient(gateway.Channel);
        for (var firm = 0; firm < Firms; firm++)
        {
            await registry.UpdateEnterpriseAsync(new()
            {
                AllowMissing = true,
                Enterprise = new() { Name = Firm(firm), ValidFrom = "1995-01", Region = "320583", Industry = "391", Ownership = Ownership.Foreign },
            });
        }
        var reporting = new ReportingService.ReportingServiceClient(gateway.Channel);
        await reporting.CreateSubmissionAsync(new() { Parent = "bureaus/3205", SubmissionId = "s1" });
        using var call = reporting.AppendReports();
        var (offset, rows) = (0, Rows().Chunk(Batch));
        foreach (var batch in rows)
        {
            await call.RequestStream.WriteAsync(new() { Submission = Name, Offset = offset, Reports = { batch } });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(batch.Length, call.ResponseStream.Current.Receipt.Accepted);
            offset += batch.Length;
        }
    }

    private static IEnumerable<Report> Rows()
    {
        for (var month = 0; month < Months; month++)
        {
            foreach (var feed in Feeds)
            {
                for (var firm = 0; firm < Firms; firm++)
                    yield return Row(firm, feed, $"{1996 + (month / 12)}-{(month % 12) + 1:00}");
            }
        }
    }

    private static Report Row(int firm, Feed feed, string period)
    {
        var report = new Report { Enterprise = Firm(firm), Feed = feed, Period = period };
        var money = new Money { Currency = "CNY", MinorUnits = 1_000_000 + firm };
        if (feed == Feed.Output)
            report.Output = new() { Value = money };
        else if (feed == Feed.Export)
            report.Export = new() { Value = money };
        else
            report.Employment = new() { Persons = 100 };
        return report;
    }

    private static string Firm(int number) => $"enterprises/org-W3205{number:0000}";
}
