using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>The statements for the lines of one feed.</summary>
/// <param name="Insert">Adds a line.</param>
/// <param name="Delete">Removes the lines of (enterprise, period).</param>
/// <param name="Archive">Copies the report as it stands, with its lines, into the history.</param>
/// <param name="Lines">Within a query on <c>report</c>: the lines of its row, as the history has them.</param>
/// <param name="Select">Lines of many enterprises, those of a report in order: enterprise, period, line, then the feed's columns.</param>
internal sealed record ReportTable(string Insert, string Delete, string Archive, string Lines, string Select);

/// <summary>One table of lines for each feed.</summary>
internal static class ReportTables
{
    private static readonly ReportTable[] Tables =
    [
        Make(Feed.Output, "currency", "amount"),
        Make(Feed.Export, "currency", "amount"),
        Make(Feed.Employment, "persons"),
        Make(Feed.Fdi, "source", "ultimate_source", "investor", "currency", "utilised", "contracted_currency", "contracted", "project_count"),
        Make(Feed.Linkage, "supplier_kind", "supplier", "currency", "purchases", "judged_version", "supplier_region", "supplier_locality", "supplier_domestic"),
    ];

    public static ReportTable Of(Feed feed) => Tables[(int)feed - 1];

    public static void Insert(WriteStatement insert, Feed feed, string enterprise, string period, int line, ReportLine content)
    {
        switch (feed)
        {
            case Feed.Output or Feed.Export:
                insert.Run(enterprise, period, line, content.Currency, content.Amount);
                break;
            case Feed.Employment:
                insert.Run(enterprise, period, line, content.Amount);
                break;
            case Feed.Fdi:
                var f = content.Fdi!;
                insert.Run(
                    enterprise, period, line, f.Source, f.UltimateSource, f.Investor, content.Currency, content.Amount,
                    f.ContractedCurrency, f.Contracted, f.ProjectCount);
                break;
            default:
                var s = content.Supplier!;
                var j = s.Judgement;
                insert.Run(
                    enterprise, period, line, Words.Of(s.Kind), s.Id, content.Currency, content.Amount,
                    j?.ProfileVersion, j?.Region, j?.Locality, j?.Domestic);
                break;
        }
    }

    /// <summary>Reads what <see cref="ReportTable.Select"/> gives.</summary>
    public static ReportLine Read(Feed feed, SqliteDataReader reader)
    {
        const int First = 3;
        switch (feed)
        {
            case Feed.Output or Feed.Export:
                return new() { Currency = string.Intern(reader.GetString(First)), Amount = reader.GetInt64(First + 1) };
            case Feed.Employment:
                return new() { Currency = "", Amount = reader.GetInt64(First) };
            case Feed.Fdi:
                return new()
                {
                    Currency = string.Intern(reader.GetString(First + 3)),
                    Amount = reader.GetInt64(First + 4),
                    Fdi = new()
                    {
                        Source = string.Intern(reader.GetString(First)),
                        UltimateSource = string.Intern(reader.GetString(First + 1)),
                        Investor = reader.Text(First + 2),
                        ContractedCurrency = reader.Text(First + 5),
                        Contracted = reader.GetInt64(First + 6),
                        ProjectCount = reader.GetInt32(First + 7),
                    },
                };
            default:
                return new()
                {
                    Currency = string.Intern(reader.GetString(First + 2)),
                    Amount = reader.GetInt64(First + 3),
                    Supplier = new()
                    {
                        Kind = Words.SupplierKind(reader.GetString(First)),
                        Id = reader.GetString(First + 1),
                        Judgement = reader.IsDBNull(First + 4) ? null : new()
                        {
                            ProfileVersion = reader.GetInt64(First + 4),
                            Region = reader.Text(First + 5),
                            Locality = reader.Text(First + 6),
                            Domestic = reader.Flag(First + 7),
                        },
                    },
                };
        }
    }

    private static ReportTable Make(Feed feed, params string[] columns)
    {
        var table = feed.Word() + "_line";
        var names = string.Join(", ", columns);
        var values = string.Join(", ", Enumerable.Range(1, columns.Length + 3).Select(i => $"?{i}"));
        var json = string.Join(", ", columns.Select(c => $"'{c}', {c}"));
        return new(
            $"INSERT INTO {table} (enterprise, period, line, {names}) VALUES ({values})",
            $"DELETE FROM {table} WHERE enterprise = ?1 AND period = ?2",
            $"""
            INSERT INTO report_revision (enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row,
                note, committed_at, standing, chosen, replaced_at, withdrawn_by, withdraw_reason, lines)
            SELECT enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row, note, committed_at,
                standing, chosen, ?4, ?5, ?6, (SELECT json_group_array(json_object({json})) FROM {table} WHERE enterprise = ?1 AND period = ?3)
            FROM report WHERE enterprise = ?1 AND feed = ?2 AND period = ?3
            """,
            $"(SELECT json_group_array(json_object({json})) FROM {table} l WHERE l.enterprise = report.enterprise AND l.period = report.period)",
            $"""
            SELECT enterprise, l.period, line, {names}
            FROM report_month m CROSS JOIN json_each(?1) e CROSS JOIN {table} l ON l.period = m.period AND l.enterprise = e.value
            """);
    }
}
