using System.Globalization;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Reading;

namespace ClusterPulse.Cli.Files.Checking;

/// <summary>Which column, and which line, a field of a report came from: what is said of a field is told in the file's words.</summary>
internal static class FieldColumns
{
    /// <summary>What is said of a field.</summary>
    /// <param name="plan">Which cell says what.</param>
    /// <param name="report">The report.</param>
    /// <param name="field">Path of the field in the API, such as <c>fdi.lines[1].source_economy</c>.</param>
    /// <param name="value">What was sent; shown where the field has no column.</param>
    /// <param name="reason">Name from the catalogue.</param>
    /// <param name="rule">The rule and what to do.</param>
    public static FileProblem Problem(ColumnPlan plan, FileReport report, string field, string value, string reason, string rule)
    {
        var row = Line(field);
        var at = Column(plan, field);
        var cells = row < report.Rows.Length ? report.Rows[row] : [];
        return new(
            Math.Min(report.FirstLine + row, report.LastLine), at >= 0 ? plan.Header[at] : field, at >= 0 && at < cells.Length ? cells[at] : value, reason, rule);
    }

    /// <summary>Place of a field's column; -1: it has none.</summary>
    private static int Column(ColumnPlan plan, string field)
    {
        var parts = field.Split('.');
        var of = parts is ["fdi" or "linkage", _, ..] && parts.Length > 2 ? parts[2] : parts[0];
        var isCurrency = parts[^1] == "currency";
        return of switch
        {
            "output" => Amount(FileField.Output),
            "export" => Amount(FileField.Export),
            "employment" => Amount(FileField.Employment),
            "utilised" => Amount(FileField.Utilised),
            "purchases" => Amount(FileField.Purchases),
            "contracted" => Amount(FileField.Contracted),
            "source_economy" => First(FileField.Source, FileField.SupplierEconomy, FileField.Counterpart),
            "ultimate_source_economy" => plan.At(FileField.UltimateSource),
            "investor" => plan.At(FileField.Investor),
            "project_count" => plan.At(FileField.ProjectCount),
            "enterprise" when parts.Length > 1 => First(FileField.Supplier, FileField.Counterpart),
            "supplier" => First(FileField.Supplier, FileField.SupplierCode, FileField.SupplierRegion, FileField.SupplierEconomy, FileField.Counterpart),
            "region" => First(FileField.SupplierRegion, FileField.Counterpart),
            "enterprise" => plan.At(FileField.Enterprise),
            "period" => plan.At(FileField.Period),
            "feed" => plan.At(FileField.Feed),
            "basis" => plan.At(FileField.Basis),
            "revision" => plan.At(FileField.Revision),
            "status" => plan.At(FileField.Status),
            "nil" => plan.At(FileField.Nil),
            "note" => plan.At(FileField.Note),
            "body" => plan.At(FileField.Value),
            _ => -1,
        };

        int Amount(FileField own) => isCurrency && plan.At(FileField.Currency) >= 0 ? plan.At(FileField.Currency) : First(own, FileField.Value);

        int First(params ReadOnlySpan<FileField> fields)
        {
            foreach (var one in fields)
            {
                if (plan.At(one) >= 0)
                    return plan.At(one);
            }
            return -1;
        }
    }

    /// <summary>Which line of the report a field is of, from 0.</summary>
    private static int Line(string field)
    {
        var from = field.IndexOf('[', StringComparison.Ordinal) + 1;
        var to = field.IndexOf(']', StringComparison.Ordinal);
        return from > 0 && to > from && int.TryParse(field.AsSpan(from, to - from), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0;
    }
}
