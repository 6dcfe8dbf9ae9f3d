using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>Decides which bureau's report counts, where several report the same.</summary>
internal sealed class ReportsChooseCommand : ServerCommand
{
    private readonly ReportArguments _report;

    // Not BureauOption: this is no one who sends, and the environment's bureau must not be chosen by accident.
    private readonly Option<string?> _bureau = new("--bureau", "-b") { Description = Words.Of("以哪一机构的报表为准，如 32", "Whose report counts, such as 32"), HelpName = Words.Of("机构", "bureau") };
    private readonly Option<bool> _nearest = new("--nearest") { Description = Words.Of("结束指定：现有报表继续计入，直至同级或更近一级的机构再次报送", "End the decision: what counts goes on until a bureau as near or nearer reports again") };
    private readonly Option<string> _reason = new("--reason") { Description = Words.Of("理由", "Why"), Required = true };

    public ReportsChooseCommand() : base("choose", Words.Of(
        """
        多个机构报送同一报表时，指定以哪一机构为准（监测中心）

        示例：clusterpulse reports choose 913205000000000001 output 2026-10 --bureau 32 --reason 市级数据口径有误
        """,
        """
        Decide which bureau's report counts where several report the same (for the centre)

        Example: clusterpulse reports choose 913205000000000001 output 2026-10 --bureau 32 --reason "the city took the wrong unit"
        """))
    {
        _report = new(this);
        Add(_bureau);
        Add(_nearest);
        Add(_reason);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var (name, bureau, nearest) = (_report.Name(parsed), parsed.GetValue(_bureau), parsed.GetValue(_nearest));
        if (nearest != string.IsNullOrEmpty(bureau))
        {
            throw CommandFailure.Usage(
                Words.Of("须且只能给出 --bureau 与 --nearest 之一。", "Give either --bureau or --nearest."),
                Words.Of("例如 --bureau 32；各机构的报送见 clusterpulse reports show … --history。", "For example --bureau 32; clusterpulse reports show … --history tells who sent what."));
        }
        var answer = await new ReportingService.ReportingServiceClient(session.Channel).ChooseReportAsync(
            new()
            {
                Name = name,
                Bureau = nearest ? "" : BureauOption.Full(bureau!),
                Reason = parsed.GetRequiredValue(_reason),
            },
            cancellationToken: cancellation);
        session.Output.Print(answer, console => console.Write(ReportTable.Of([answer])));
        return ExitCode.Done;
    }
}
