using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Sending;

/// <summary>Where submissions stand.</summary>
internal sealed class StatusCommand : SubmissionsCommand
{
    public StatusCommand() : base("status", Words.Of(
        """
        查看报送进度与结果

        示例：clusterpulse status 2026-09.csv --bureau 3205
        """,
        """
        Show how far files and submissions are, and what became of their rows

        Example: clusterpulse status 2026-09.csv --bureau 3205
        """), limit: 20)
    {
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var client = new ReportingService.ReportingServiceClient(session.Channel);
        if (await NamedAsync(client, parsed, cancellation) is not { } one)
        {
            var list = new ListSubmissionsResponse();
            list.Submissions.AddRange(await Submissions.ListAsync(client, Bureau(parsed), Most(parsed), cancellation));
            session.Output.Print(list, console => console.Write(Table(list.Submissions)));
            return ExitCode.Done;
        }
        session.Output.Print(one, console => Show(console, one));
        return one.Rejected > 0 ? ExitCode.RowsRejected : ExitCode.Done;
    }

    private static void Show(IAnsiConsole console, Submission one)
    {
        new SendReceipt(one).Show(console);
        if (one.Withdrawal is { } withdrawal)
        {
            var isOver = withdrawal.FinishTime is not null;
            console.WriteLine(Words.Of(
                $"由 {withdrawal.WithdrawnBy} 撤回（{withdrawal.Reason}）：{(isOver ? "共" : "至今")} {withdrawal.WithdrawnReports} 份报表。",
                $"Withdrawn by {withdrawal.WithdrawnBy} ({withdrawal.Reason}): {withdrawal.WithdrawnReports} reports{(isOver ? "" : " so far")}."));
        }
        else if (one.State == Submission.Types.State.Open)
        {
            console.WriteLine(Words.Of("报送未完：再次运行同一 send 命令即续报。", "It is not complete: the same send command goes on with it."));
        }
    }

    private static Table Table(IEnumerable<Submission> submissions)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("报送批次", "submission"), Words.Of("状态", "state"), Words.Of("开始", "begun"), Words.Of("完成", "finalized"), Words.Of("行数", "rows"),
            Words.Of("入库", "accepted"), Words.Of("更正", "revised"), Words.Of("无变化", "duplicate"), Words.Of("拒收", "rejected"), Words.Of("提示", "warned"));
        foreach (var s in submissions)
        {
            string[] cells =
            [
                s.Name, SendReceipt.State(s.State), Times.Local(s.CreateTime), Times.Local(s.FinalizeTime), .. new[]
                {
                    s.NextOffset, s.Accepted, s.Revised, s.Duplicate, s.Rejected, s.Warned,
                }.Select(n => n.ToString("N0", CultureInfo.InvariantCulture)),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        return table;
    }
}
