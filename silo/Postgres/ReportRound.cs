using ClusterPulse.Facts;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Writes of reports, each of another key.</summary>
internal sealed class ReportRound
{
    private readonly List<(string Enterprise, ReportWrite Write)> _reports = [];
    private readonly FeedRows?[] _feeds = new FeedRows?[VocabularyWords.Feeds.Count];

    /// <summary>What one feed's tables get.</summary>
    private sealed class FeedRows(LineTable table)
    {
        public List<(string Enterprise, string Period, Withdrawal? Withdrawal)> Archived { get; } = [];
        public List<(string Enterprise, string Period)> Deleted { get; } = [];
        public List<string> Enterprises { get; } = [];
        public List<string> Periods { get; } = [];
        public List<int> Lines { get; } = [];
        public List<LineValues> Columns { get; } = [.. table.Columns.Select(c => c.MakeValues())];
        public LineTable Table => table;
    }

    public void Add(string enterprise, ReportWrite write)
    {
        var feed = write.Key.Feed;
        var rows = _feeds[(int)feed - 1] ??= new(LineTable.Of(feed));
        var period = write.Key.Period.ToString();
        if (!write.Rejudged)
            _reports.Add((enterprise, write));
        if (write.Report.Revision > 1 || write.Rejudged || write.Withdrawal is not null)
        {
            if (!write.Rejudged)
                rows.Archived.Add((enterprise, period, write.Withdrawal));
            rows.Deleted.Add((enterprise, period));
        }
        var lines = write.Report.Content.Lines;
        for (var i = 0; i < lines.Length; i++)
        {
            rows.Enterprises.Add(enterprise);
            rows.Periods.Add(period);
            rows.Lines.Add(i);
            foreach (var column in rows.Columns)
                column.Add(lines[i]);
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        foreach (var rows in _feeds)
        {
            if (rows is null)
                continue;
            if (rows.Archived.Count > 0)
            {
                batch.Add(
                    rows.Table.Archive, rows.Archived.ConvertAll(a => a.Enterprise), rows.Archived.ConvertAll(a => a.Period),
                    TextArray(rows.Archived.ConvertAll(a => a.Withdrawal?.Bureau)), TextArray(rows.Archived.ConvertAll(a => a.Withdrawal?.Reason)));
            }
            if (rows.Deleted.Count > 0)
                batch.Add(rows.Table.Delete, rows.Deleted.ConvertAll(d => d.Enterprise), rows.Deleted.ConvertAll(d => d.Period));
        }
        AddReports(batch);
        foreach (var rows in _feeds)
        {
            if (rows is { Lines.Count: > 0 })
                batch.Add(rows.Table.Insert, [rows.Enterprises, rows.Periods, rows.Lines, .. rows.Columns.Select(c => c.ToParameter())]);
        }
    }

    private void AddReports(NpgsqlBatch batch)
    {
        if (_reports.Count == 0)
            return;
        batch.Add(
            """
            INSERT INTO report (enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row, content_hash,
                note, outlier, standing, chosen, committed_at)
            SELECT *, now() FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT (enterprise, feed, period) DO UPDATE SET revision = excluded.revision, basis = excluded.basis,
                status = excluded.status, nil = excluded.nil, withdrawn = excluded.withdrawn, bureau = excluded.bureau,
                submission = excluded.submission, row = excluded.row, content_hash = excluded.content_hash, note = excluded.note, outlier = excluded.outlier,
                standing = excluded.standing, chosen = excluded.chosen,
                committed_at = excluded.committed_at
            """,
            _reports.ConvertAll(r => r.Enterprise),
            _reports.ConvertAll(r => r.Write.Key.Feed.Word()),
            _reports.ConvertAll(r => r.Write.Key.Period.ToString()),
            _reports.ConvertAll(r => r.Write.Report.Revision),
            _reports.ConvertAll(r => Words.Of(r.Write.Report.Content.Basis)),
            _reports.ConvertAll(r => Words.Of(r.Write.Report.Content.Status)),
            _reports.ConvertAll(r => r.Write.Report.Content.Nil),
            _reports.ConvertAll(r => r.Write.Report.Withdrawn),
            _reports.ConvertAll(r => r.Write.Report.Origin.Bureau),
            _reports.ConvertAll(r => r.Write.Report.Origin.Submission),
            _reports.ConvertAll(r => r.Write.Report.Origin.Row),
            _reports.ConvertAll(r => unchecked((long)r.Write.Report.ContentHash)),
            TextArray(_reports.ConvertAll(r => r.Write.Report.Content.Note)),
            _reports.ConvertAll(r => r.Write.Report.Outlier),
            _reports.ConvertAll(r => r.Write.Report.Standing),
            TextArray(_reports.ConvertAll(r => r.Write.Report.Chosen ? r.Write.Report.Origin.Bureau : null)));
    }

    private static NpgsqlParameter<List<string?>> TextArray(List<string?> values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
