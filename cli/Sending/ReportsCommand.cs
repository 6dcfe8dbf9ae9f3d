using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Registry;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>What is stored of an enterprise.</summary>
internal static class ReportsCommand
{
    public static Command Create() => new("reports", Words.Of("已报送的报表及其修订", "Reports that are stored, and their revisions"))
    {
        new ReportsListCommand(), new ReportsShowCommand(), new ReportsChooseCommand(),
    };
}

/// <summary>Lists reports of enterprises.</summary>
internal sealed class ReportsListCommand : ServerCommand
{
    private const int Page = 1_000;

    private readonly Argument<string[]> _enterprises = new("enterprise")
    {
        Description = Words.Of("企业代码", "Codes of enterprises, such as 913205000000000001"),
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _feed = new("--feed") { Description = Words.Of("报表类别：output、export、employment、fdi、linkage", "output, export, employment, fdi or linkage") };
    private readonly Option<string> _start = new("--start") { Description = Words.Of("起始月份，YYYY-MM", "First month, YYYY-MM"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _end = new("--end") { Description = Words.Of("截止月份，YYYY-MM", "Last month, YYYY-MM"), DefaultValueFactory = _ => "" };
    private readonly Option<Google.Protobuf.WellKnownTypes.Timestamp?> _asOf = Times.AsOf();

    public ReportsListCommand() : base("list", Words.Of(
        """
        列出企业的报表

        示例：clusterpulse reports list 913205000000000001 --feed output --start 2026-01
        """,
        """
        List the reports of enterprises

        Example: clusterpulse reports list 913205000000000001 --feed output --start 2026-01
        """))
    {
        _feed.AcceptOnlyFromAmong("output", "export", "employment", "fdi", "linkage");
        Add(_enterprises);
        foreach (var option in new Option[] { _feed, _start, _end, _asOf })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var client = new ReportingService.ReportingServiceClient(session.Channel);
        var all = new ListReportsResponse();
        foreach (var enterprise in parsed.GetRequiredValue(_enterprises))
        {
            var request = new ListReportsRequest
            {
                Parent = CellWords.Enterprise(enterprise), Feed = parsed.GetValue(_feed) is { } feed ? FeedWords.Required(feed) : Feed.Unspecified, Start = CellWords.Month(parsed.GetRequiredValue(_start)),
                End = CellWords.Month(parsed.GetRequiredValue(_end)), AsOf = parsed.GetValue(_asOf), PageSize = Page,
            };
            do
            {
                var page = await client.ListReportsAsync(request, cancellationToken: cancellation);
                all.Reports.AddRange(page.Reports);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
        }
        session.Output.Print(all, console => console.Write(ReportTable.Of(all.Reports)));
        return ExitCode.Done;
    }
}

/// <summary>Shows one report, with all its revisions or as it was known once.</summary>
internal sealed class ReportsShowCommand : ServerCommand
{
    private const int Page = 1_000;

    private readonly ReportArguments _report;
    private readonly Option<bool> _history = new("--history") { Description = Words.Of("列出全部修订：何机构于何时报送", "All revisions: which bureau sent which when") };
    private readonly Option<Google.Protobuf.WellKnownTypes.Timestamp?> _asOf = Times.AsOf();

    public ReportsShowCommand() : base("show", Words.Of(
        """
        查看一份报表

        示例：clusterpulse reports show 913205000000000001 output 2026-10 --history
        """,
        """
        Show a report

        Example: clusterpulse reports show 913205000000000001 output 2026-10 --history
        """))
    {
        _report = new(this);
        Add(_history);
        Add(_asOf);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var client = new ReportingService.ReportingServiceClient(session.Channel);
        var name = _report.Name(parsed);
        if (!parsed.GetValue(_history))
        {
            var one = await client.GetReportAsync(new() { Name = name, AsOf = parsed.GetValue(_asOf) }, cancellationToken: cancellation);
            session.Output.Print(one, console =>
            {
                console.Write(ReportTable.Of([one]));
                ReportTable.Lines(console, one.Report);
            });
            return ExitCode.Done;
        }
        if (parsed.GetValue(_asOf) is not null)
            throw CommandFailure.Usage(Words.Of("--history 与 --as-of 不能并用。", "--history and --as-of do not go together."), Words.Of("请只用其一。", "Give one of them."));
        var all = new ListReportRevisionsResponse();
        var request = new ListReportRevisionsRequest { Name = name, PageSize = Page };
        do
        {
            var page = await client.ListReportRevisionsAsync(request, cancellationToken: cancellation);
            all.Revisions.AddRange(page.Revisions);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        session.Output.Print(all, console => console.Write(ReportTable.Of(all.Revisions)));
        return ExitCode.Done;
    }
}
