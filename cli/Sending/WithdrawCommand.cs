using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Sending;

/// <summary>Takes a report or a whole submission back.</summary>
internal sealed class WithdrawCommand : ServerCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly Argument<string> _what = new("receipt|report")
    {
        Description = Words.Of(
            "send 给出的报送批次、所报送的文件，或报表如 enterprises/uscc-…/reports/output.2026-10",
            "The submission that send named as its receipt, the file that was sent, or a report such as enterprises/uscc-…/reports/output.2026-10"),
    };

    private readonly Option<string> _reason = new("--reason") { Description = Words.Of("理由", "Why"), Required = true };
    private readonly BureauOption _bureau;

    public WithdrawCommand() : base("withdraw", Words.Of(
        """
        撤回一份报表，或一个报送批次的全部报表：如同从未报送，历史仍可查

        示例：clusterpulse withdraw 2026-09.csv --bureau 3205 --reason 单位有误
        """,
        """
        Take back a report, or all reports of a submission, as if they had never been made; the history keeps them

        Example: clusterpulse withdraw 2026-09.csv --bureau 3205 --reason "wrong unit"
        """))
    {
        Add(_what);
        _bureau = new(this);
        Add(_reason);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var client = new ReportingService.ReportingServiceClient(session.Channel);
        var (what, reason) = (parsed.GetRequiredValue(_what), parsed.GetRequiredValue(_reason));
        if (what.Contains("/reports/", StringComparison.Ordinal))
        {
            var name = what.StartsWith("enterprises/", StringComparison.Ordinal) ? what : "enterprises/" + what;
            var answer = await client.WithdrawReportAsync(new() { Name = name, Bureau = _bureau.Name(parsed), Reason = reason }, cancellationToken: cancellation);
            session.Output.Print(answer, console => console.WriteLine(Words.Of($"{name} 的第 {answer.Revision} 次修订已撤回。", $"{name}: revision {answer.Revision} is withdrawn.")));
            return ExitCode.Done;
        }
        if (what.Contains("/receipts/", StringComparison.Ordinal))
        {
            throw new CommandFailure(
                Words.Of($"{what} 是一批的回执，只能整批次撤回。", $"{what} is the receipt of one batch; a submission is taken back as a whole."),
                Words.Of($"请撤回 {what[..what.IndexOf("/receipts/", StringComparison.Ordinal)]}，或逐份撤回报表。", $"Withdraw {what[..what.IndexOf("/receipts/", StringComparison.Ordinal)]}, or single reports."));
        }
        var found = await Submissions.FindAsync(client, what, () => _bureau.Name(parsed), cancellation);
        var one = await client.WithdrawSubmissionAsync(new() { Name = found.Name, Reason = reason }, cancellationToken: cancellation);
        if (one.Withdrawal is { FinishTime: null })
            one = await FollowAsync(client, one, cancellation);
        session.Output.Print(one, console => console.WriteLine(Words.Of(
            $"{one.Name} 已撤回：{one.Withdrawal.WithdrawnReports} 份报表（共 {one.NextOffset} 行）。",
            $"{one.Name} is withdrawn: {one.Withdrawal.WithdrawnReports} reports of {one.NextOffset} rows.")));
        return ExitCode.Done;
    }

    /// <summary>The server takes report after report back and goes on with it whether anybody looks or not.</summary>
    private static Task<Submission> FollowAsync(ReportingService.ReportingServiceClient client, Submission one, CancellationToken cancellation) =>
        ProgressView.ShowAsync(Words.Of("撤回", "withdraw"), async show =>
        {
            while (one.Withdrawal is { FinishTime: null } under)
            {
                show(one.NextOffset == 0 ? 1 : (double)under.RowsDone / one.NextOffset);
                await Task.Delay(Look, cancellation);
                one = await client.GetSubmissionAsync(new() { Name = one.Name }, cancellationToken: cancellation);
            }
            return one;
        });
}
