using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <content>What bureaus sent: submissions, receipts, and reports with their history.</content>
public sealed partial class SqliteFactStore
{
    private const string Latest = "9999-12-31";

    private static readonly string LinesOfReport = string.Concat(VocabularyWords.Feeds.Select(f => $" WHEN '{f.Word()}' THEN {ReportTables.Of(f).Lines}"));

    public ValueTask<IReadOnlyList<Submission>> ListSubmissionsAsync(SubmissionQuery query, CancellationToken cancellation) => ListAsync(
        $"""
        SELECT {SubmissionRow.Columns}, id FROM submission
        WHERE bureau = ?1 AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR (created_at, id) < (?3, ?4))
        ORDER BY created_at DESC, id DESC LIMIT ?5
        """,
        r => ReadSubmission(r, query.Bureau, r.GetString(SubmissionRow.Next)),
        query.Bureau, query.State is { } state ? Words.Of(state) : null, query.BeforeCreated is { } before ? Columns.Time(before) : null,
        query.BeforeId, query.Limit);

    public ValueTask<IReadOnlyList<SubmissionReceipt>> ListReceiptsAsync(ReceiptQuery query, CancellationToken cancellation) => ListAsync(
        $"""
        SELECT {ReceiptColumns}, {(query.WithRows ? "rows" : "'[]'")}, submission FROM receipt
        WHERE bureau = ?1 AND (?2 IS NULL OR submission = ?2) AND (submission, first_row) >= (?3, ?4)
            AND (NOT ?5 OR rejected > 0 OR (?6 AND warned > 0))
        ORDER BY submission, first_row LIMIT ?7
        """,
        r => new SubmissionReceipt(query.Bureau, r.GetString(ReceiptRows + 1), ReadReceipt(r)),
        query.Bureau, query.Submission, query.FromSubmission, query.FromOffset, query.Rejected, query.Warned, query.Limit);

    public ValueTask<IReadOnlyList<ReportRecord>> ListReportsAsync(ReportQuery query, CancellationToken cancellation) => ListAsync(
        $"""
        WITH entry AS (
            SELECT feed, period, revision, basis, status, nil, bureau, submission, row, note, lines, withdrawn_by, withdraw_reason, standing, chosen,
                '' AS aside, committed_at, replaced_at
            FROM report_revision WHERE enterprise = ?1 AND NOT withdrawn
            UNION ALL
            SELECT feed, report.period, revision, basis, status, nil, bureau, submission, row, note, CASE feed{LinesOfReport} END, NULL, NULL, standing,
                chosen, '', committed_at, NULL
            FROM report_month m CROSS JOIN report ON report.period = m.period AND enterprise = ?1 AND NOT withdrawn
            UNION ALL
            SELECT feed, period, revision, basis, status, nil, bureau, submission, row, note, lines, withdrawn_by, withdraw_reason, standing, NULL,
                bureau, committed_at, replaced_at
            FROM report_aside WHERE enterprise = ?1 AND ?6),
        ranked AS (
            SELECT *, row_number() OVER (PARTITION BY feed, period ORDER BY revision DESC) AS rank FROM entry
            WHERE (?2 IS NULL OR feed = ?2) AND period BETWEEN ?3 AND ?4 AND committed_at <= ?5)
        SELECT {ReportRecordRow.Columns("ranked")}, {ReportRecordRow.ChoiceColumns}, committed_at, replaced_at
        FROM ranked LEFT JOIN report_choice choice
            ON aside = '' AND choice.enterprise = ?1 AND (choice.feed, choice.period, choice.revision) = (ranked.feed, ranked.period, ranked.revision)
        WHERE (?6 OR rank = 1) AND (ranked.feed, ranked.period, ranked.revision, aside) > (?7, ?8, ?9, ?11)
        ORDER BY ranked.feed, ranked.period, ranked.revision, aside LIMIT ?10
        """,
        r => ReportRecordRow.Read(r, r.Time(ReportRecordRow.Next), r.IsDBNull(ReportRecordRow.Next + 1) ? null : r.Time(ReportRecordRow.Next + 1)),
        query.Enterprise, query.Feed?.Word(), query.Since?.ToString() ?? "", query.Until?.ToString() ?? Latest,
        query.AsOf is { } asOf ? Columns.Time(asOf) : Latest, query.AllRevisions, query.AfterFeed, query.AfterPeriod, query.AfterRevision, query.Limit,
        query.AfterAside);

    public ValueTask<IReadOnlyList<SubmittedReport>> ListSubmittedAsync(
        string bureau, string submission, long fromRow, int limit, CancellationToken cancellation) => ListAsync(
        """
        SELECT row, enterprise, feed, period FROM report WHERE bureau = ?1 AND submission = ?2 AND row >= ?3
        UNION
        SELECT row, enterprise, feed, period FROM report_aside WHERE bureau = ?1 AND submission = ?2 AND row >= ?3
        ORDER BY row LIMIT ?4
        """,
        r => new SubmittedReport(r.GetInt64(0), r.GetString(1), new(Words.Feed(r.GetString(2)), r.Month(3))),
        bureau, submission, fromRow, limit);

    public ValueTask<IReadOnlyList<(string Bureau, string Submission)>> ListWithdrawalsAsync(CancellationToken cancellation) => ListAsync(
        "SELECT bureau, id FROM submission WHERE state = 'withdrawn' AND withdraw_finished_at IS NULL", r => (r.GetString(0), r.GetString(1)));

    private static Submission ReadSubmission(SqliteDataReader r, string bureau, string id) => SubmissionRow.Read(r, bureau, id, r.Time);
}
