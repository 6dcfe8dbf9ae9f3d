using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Sending;

/// <summary>The durable answers to batches.</summary>
internal sealed class ReceiptsCommand : SubmissionsCommand
{
    private const int Page = 1_000;

    public ReceiptsCommand() : base("receipts", Words.Of(
        """
        列出回执：每批由谁于何时报送、多少行、校验和

        示例：clusterpulse receipts 2026-09.csv --bureau 3205
        """,
        """
        List receipts: of each batch who sent it when, how many rows, and their checksum

        Example: clusterpulse receipts 2026-09.csv --bureau 3205
        """), limit: 1_000)
    {
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var client = new ReportingService.ReportingServiceClient(session.Channel);
        var most = Most(parsed);
        var request = new ListReceiptsRequest
        {
            Parent = (await NamedAsync(client, parsed, cancellation))?.Name ?? Bureau(parsed) + "/submissions/-",
        };
        var all = new ListReceiptsResponse();
        do
        {
            request.PageSize = Math.Clamp(most - all.Receipts.Count, 1, Page);
            var page = await client.ListReceiptsAsync(request, cancellationToken: cancellation);
            all.Receipts.AddRange(page.Receipts);
            all.NextPageToken = request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && all.Receipts.Count < most);
        session.Output.Print(all, console =>
        {
            console.Write(Table(all.Receipts));
            if (all.NextPageToken.Length > 0)
                console.WriteLine(Words.Of("还有更多；可用 --limit 增加。", "There are more; --limit takes them in."));
        });
        return ExitCode.Done;
    }

    private static Table Table(IEnumerable<Receipt> receipts)
    {
        const int ShownDigits = 16;
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("回执", "receipt"), Words.Of("入库时间", "committed"), Words.Of("报送者", "sender"), Words.Of("入库", "accepted"), Words.Of("更正", "revised"),
            Words.Of("无变化", "duplicate"), Words.Of("拒收", "rejected"), Words.Of("提示", "warned"), Words.Of("行校验和", "rows' checksum"));
        foreach (var r in receipts)
        {
            string[] cells =
            [
                r.Name, r.CommitTime, r.Sender, .. new[] { r.Accepted, r.Revised, r.Duplicate, r.Rejected, r.Warned }.Select(n => n.ToString("N0", CultureInfo.InvariantCulture)),
                r.RowsSha256.Length > ShownDigits ? r.RowsSha256[..ShownDigits] + "…" : r.RowsSha256,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        return table;
    }
}
