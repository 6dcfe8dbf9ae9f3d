using ClusterPulse.Facts;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <summary>A column of a line table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MakeValues">An empty list of its values, filled by lines.</param>
internal sealed record LineColumn(string Name, Func<LineValues> MakeValues);

/// <summary>The values of one column for many lines, as one array parameter.</summary>
internal abstract class LineValues
{
    public abstract void Add(ReportLine line);

    public abstract NpgsqlParameter ToParameter();
}

/// <summary>One table of lines for each feed.</summary>
internal sealed class LineTable
{
    private static readonly LineTable[] Tables =
    [
        new(Feed.Output, Text("currency", l => l.Currency), Long("amount", l => l.Amount)),
        new(Feed.Export, Text("currency", l => l.Currency), Long("amount", l => l.Amount)),
        new(Feed.Employment, Long("persons", l => l.Amount)),
        new(
            Feed.Fdi, Text("source", l => l.Fdi!.Source), Text("ultimate_source", l => l.Fdi!.UltimateSource), Text("investor", l => l.Fdi!.Investor),
            Text("currency", l => l.Currency), Long("utilised", l => l.Amount), Text("contracted_currency", l => l.Fdi!.ContractedCurrency),
            Long("contracted", l => l.Fdi!.Contracted), Int("project_count", l => l.Fdi!.ProjectCount)),
        new(
            Feed.Linkage, Text("supplier_kind", l => Words.Of(l.Supplier!.Kind)), Text("supplier", l => l.Supplier!.Id),
            Text("currency", l => l.Currency), Long("purchases", l => l.Amount), Long("judged_version", l => l.Supplier!.Judgement?.ProfileVersion),
            Text("supplier_region", l => l.Supplier!.Judgement?.Region), Text("supplier_locality", l => l.Supplier!.Judgement?.Locality),
            Flag("supplier_domestic", l => l.Supplier!.Judgement?.Domestic)),
    ];

    private LineTable(Feed feed, params LineColumn[] columns)
    {
        Columns = columns;
        var table = feed.Word() + "_line";
        var names = string.Join(", ", columns.Select(c => c.Name));
        var parameters = string.Join(", ", Enumerable.Range(1, columns.Length + 3).Select(i => $"${i}"));
        var json = string.Join(", ", columns.Select(c => $"'{c.Name}', l.{c.Name}"));
        Insert = $"INSERT INTO {table} (enterprise, period, line, {names}) SELECT * FROM unnest({parameters})";
        Delete = $"""
            DELETE FROM {table} l USING unnest($1, $2) AS k (enterprise, period)
            WHERE l.enterprise = k.enterprise COLLATE "C" AND l.period = k.period COLLATE "C"
            """;
        Lines = $"""
            coalesce((SELECT jsonb_agg(jsonb_build_object({json}) ORDER BY l.line) FROM {table} l
                WHERE l.enterprise = r.enterprise AND l.period = r.period), '[]')
            """;
        Archive = $"""
            INSERT INTO report_revision (enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row,
                note, committed_at, standing, chosen, replaced_at, withdrawn_by, withdraw_reason, lines)
            SELECT r.enterprise, r.feed, r.period, r.revision, r.basis, r.status, r.nil, r.withdrawn, r.bureau, r.submission, r.row,
                r.note, r.committed_at, r.standing, r.chosen, now(), k.withdrawn_by, k.withdraw_reason,
                {Lines}
            FROM unnest($1, $2, $3, $4) AS k (enterprise, period, withdrawn_by, withdraw_reason)
                JOIN report r ON r.enterprise = k.enterprise COLLATE "C" AND r.feed = '{feed.Word()}' AND r.period = k.period COLLATE "C"
            """;
        Select = $"SELECT enterprise, period, line, {names} FROM {table} WHERE enterprise = ANY($1) ORDER BY enterprise, period, line";
    }

    public IReadOnlyList<LineColumn> Columns { get; }

    /// <summary>Adds lines: arrays of enterprises, periods, line numbers, then of each column.</summary>
    public string Insert { get; }

    /// <summary>Removes the lines of many (enterprise, period).</summary>
    public string Delete { get; }

    /// <summary>Copies reports as they stand, with their lines, into the history: arrays of enterprises, periods, who withdrew, why.</summary>
    public string Archive { get; }

    /// <summary>Within a query on <c>report r</c>: the lines of its row, as the history has them.</summary>
    public string Lines { get; }

    /// <summary>Lines of many enterprises: enterprise, period, line, then the feed's columns.</summary>
    public string Select { get; }

    public static LineTable Of(Feed feed) => Tables[(int)feed - 1];

    /// <summary>Reads what <see cref="Select"/> gives.</summary>
    public static ReportLine Read(Feed feed, NpgsqlDataReader r)
    {
        const int First = 3;
        switch (feed)
        {
            case Feed.Output or Feed.Export:
                return new() { Currency = string.Intern(r.GetString(First)), Amount = r.GetInt64(First + 1) };
            case Feed.Employment:
                return new() { Currency = "", Amount = r.GetInt64(First) };
            case Feed.Fdi:
                return new()
                {
                    Currency = string.Intern(r.GetString(First + 3)),
                    Amount = r.GetInt64(First + 4),
                    Fdi = new()
                    {
                        Source = string.Intern(r.GetString(First)),
                        UltimateSource = string.Intern(r.GetString(First + 1)),
                        Investor = r.TextOrNull(First + 2),
                        ContractedCurrency = r.TextOrNull(First + 5),
                        Contracted = r.GetInt64(First + 6),
                        ProjectCount = r.GetInt32(First + 7),
                    },
                };
            default:
                return new()
                {
                    Currency = string.Intern(r.GetString(First + 2)),
                    Amount = r.GetInt64(First + 3),
                    Supplier = new()
                    {
                        Kind = Words.SupplierKind(r.GetString(First)),
                        Id = r.GetString(First + 1),
                        Judgement = r.IsDBNull(First + 4) ? null : new()
                        {
                            ProfileVersion = r.GetInt64(First + 4),
                            Region = r.TextOrNull(First + 5),
                            Locality = r.TextOrNull(First + 6),
                            Domestic = !r.IsDBNull(First + 7) && r.GetBoolean(First + 7),
                        },
                    },
                };
        }
    }

    private static LineColumn Text(string name, Func<ReportLine, string?> get) => new(name, () => new Values<string?>(get, NpgsqlDbType.Text));

    private static LineColumn Long(string name, Func<ReportLine, long?> get) => new(name, () => new Values<long?>(get, NpgsqlDbType.Bigint));

    private static LineColumn Int(string name, Func<ReportLine, int?> get) => new(name, () => new Values<int?>(get, NpgsqlDbType.Integer));

    private static LineColumn Flag(string name, Func<ReportLine, bool?> get) => new(name, () => new Values<bool?>(get, NpgsqlDbType.Boolean));

    private sealed class Values<T>(Func<ReportLine, T> get, NpgsqlDbType type) : LineValues
    {
        private readonly List<T> _values = [];

        public override void Add(ReportLine line) => _values.Add(get(line));

        public override NpgsqlParameter ToParameter() =>
            new NpgsqlParameter<List<T>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
