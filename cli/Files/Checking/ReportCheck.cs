using System.Collections.Immutable;
using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Reading;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Validation;

namespace ClusterPulse.Cli.Files.Checking;

/// <summary>Checks reports of files without a server, by the rules that the gateway checks them by.</summary>
/// <param name="time">What is in the future depends on it.</param>
internal sealed class ReportCheck(TimeProvider time)
{
    private readonly ReportValidator _validator = new(CodeTables.Reference, new(new CalendarOptions(), time));

    /// <summary>The report with everything that is wrong with it; where anything is, there is nothing to send.</summary>
    /// <param name="report">As it was read.</param>
    /// <param name="plan">Which cell says what.</param>
    /// <param name="warnings">What is odd about it; it can be sent all the same.</param>
    public FileReport Run(FileReport report, ColumnPlan plan, out ImmutableArray<FileProblem> warnings)
    {
        warnings = [];
        if (report.Report is not { } sent)
            return report;
        // To withdraw takes a key alone: the rest is checked as of a report that says nothing.
        var asked = report.Action == FileAction.Withdraw
            ? new V1.Report { Enterprise = sent.Enterprise, Period = sent.Period, Feed = sent.Feed, Nil = true }
            : sent;
        var row = _validator.Validate(asked, 0, out var violations);
        if (row is null)
            return report with { Report = null, Problems = [.. report.Problems, .. violations.Select(Problem)] };
        if (!row.Warnings.IsEmpty)
            warnings = [.. row.Warnings.Select(Problem)];
        return report;

        FileProblem Problem(Violation v) => FieldColumns.Problem(plan, report, v.Field, v.Value, v.Reason, ReasonWords.Of(v.Reason));
    }
}
