using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Registry;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Sending;

/// <summary>Which report: by its name, or by enterprise, feed and month.</summary>
internal sealed class ReportArguments
{
    private readonly Argument<string> _report = new("report")
    {
        Description = Words.Of("企业代码，或报表全名 enterprises/…/reports/output.2026-10", "Code of the enterprise, or the report's name enterprises/…/reports/output.2026-10"),
    };

    private readonly Argument<string?> _feed = new("feed") { Description = Words.Of("报表类别", "output, export, employment, fdi or linkage"), Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _period = new("period") { Description = Words.Of("报告期，YYYY-MM", "Month, YYYY-MM"), Arity = ArgumentArity.ZeroOrOne };
    private readonly string _command;

    public ReportArguments(Command command)
    {
        _command = command.Name;
        command.Add(_report);
        command.Add(_feed);
        command.Add(_period);
    }

    /// <summary><c>enterprises/{e}/reports/{feed}.{period}</c>.</summary>
    /// <exception cref="CommandFailure">It does not say which.</exception>
    public string Name(ParseResult parsed)
    {
        var report = parsed.GetRequiredValue(_report);
        if (report.Contains("/reports/", StringComparison.Ordinal))
            return report;
        return parsed.GetValue(_feed) is { } feed && parsed.GetValue(_period) is { } period
            ? $"{CellWords.Enterprise(report)}/reports/{FeedWords.Word(FeedWords.Required(feed))}.{CellWords.Month(period)}"
            : throw CommandFailure.Usage(
                Words.Of("须指明报表类别与报告期。", "Which report? Feed and period are missing."),
                Words.Of($"例如 clusterpulse reports {_command} {report} output 2026-10。", $"For example clusterpulse reports {_command} {report} output 2026-10."));
    }
}
