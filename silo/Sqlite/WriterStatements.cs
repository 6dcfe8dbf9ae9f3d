using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>The statements of a commit, prepared once for the writing connection.</summary>
internal sealed class WriterStatements(SqliteConnection connection) : IDisposable
{
    // By the instance of the text: each is a constant, and long.
    private readonly Dictionary<string, WriteStatement> _bySql = new(ReferenceEqualityComparer.Instance);

    /// <summary>The commit's number, and the level of measures that it logs.</summary>
    public WriteStatement NextSequence => Get("UPDATE writer SET seq = seq + 1 WHERE id = ?1 AND fenced = 0 RETURNING seq, cells");

    public WriteStatement ReadSequence => Get("SELECT seq FROM writer WHERE id = ?1");

    public WriteStatement InsertLog => Get("INSERT INTO commit_log (place, writer, seq, payload) VALUES (?1, ?2, ?3, ?4)");

    /// <summary>Compare and set of the enterprise's version; a new one starts at 0.</summary>
    public WriteStatement BumpVersion => Get(
        "UPDATE enterprise SET version = version + 1, profile_version = profile_version + ?3 WHERE id = ?1 AND version = ?2");

    public WriteStatement InsertEnterprise => Get(
        "INSERT INTO enterprise (id, version, profile_version) VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING");

    public WriteStatement ProfileVersion => Get("SELECT profile_version FROM enterprise WHERE id = ?1");

    public WriteStatement PutProfile => Get(
        """
        INSERT OR REPLACE INTO enterprise_profile (enterprise, valid_from, region, estate, industry, ownership, investor_economy,
            hi_tech, closed, name_zh, name_en, controlling, size, successor)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """);

    public WriteStatement PutReport => Get(
        """
        INSERT OR REPLACE INTO report (enterprise, feed, period, revision, basis, status, nil, withdrawn, bureau, submission, row,
            content_hash, note, committed_at, outlier, standing, chosen)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """);

    public WriteStatement ReplaceAsides => Get(
        "UPDATE report_aside SET replaced_at = ?5 WHERE enterprise = ?1 AND feed = ?2 AND period = ?3 AND bureau = ?4 AND replaced_at IS NULL");

    public WriteStatement InsertAside => Get(
        """
        INSERT INTO report_aside (enterprise, feed, period, bureau, revision, basis, status, nil, submission, row, content_hash, note,
            standing, committed_at, lines)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """);

    public WriteStatement WithdrawAsides => Get(
        """
        UPDATE report_aside SET replaced_at = coalesce(replaced_at, ?5), withdrawn_by = ?6, withdraw_reason = ?7
        WHERE enterprise = ?1 AND feed = ?2 AND period = ?3 AND bureau = ?4 AND (?8 IS NULL OR submission = ?8) AND withdrawn_by IS NULL
        """);

    public WriteStatement InsertChoice => Get(
        """
        INSERT INTO report_choice (enterprise, feed, period, revision, bureau, decided_by, reason, decided_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    public WriteStatement InsertSubmission => Get(
        """
        INSERT INTO submission (bureau, id, state, next_offset, accepted, duplicate, revised, rejected, warned, sha256, created_at)
        VALUES (?1, ?2, 'open', 0, 0, 0, 0, 0, 0, ?3, ?4) ON CONFLICT DO NOTHING
        """);

    public WriteStatement HasSubmission => Get("SELECT 1 FROM submission WHERE bureau = ?1 AND id = ?2");

    public WriteStatement AdvanceSubmission => Get(
        """
        UPDATE submission SET next_offset = next_offset + ?4, accepted = accepted + ?5, duplicate = duplicate + ?6,
            revised = revised + ?7, rejected = rejected + ?8, warned = warned + ?9
        WHERE bureau = ?1 AND id = ?2 AND next_offset = ?3 AND state = 'open' AND ?4 > 0
        """);

    public WriteStatement InsertReceipt => Get(
        """
        INSERT INTO receipt (bureau, submission, first_row, row_count, accepted, duplicate, revised, rejected, warned, rows,
            commit_token, committed_at, rows_sha256, sender)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """);

    public WriteStatement FinalizeSubmission => Get(
        """
        UPDATE submission SET state = 'finalized', finalized_at = ?4
        WHERE bureau = ?1 AND id = ?2 AND next_offset = ?3 AND state = 'open'
        """);

    public WriteStatement WithdrawSubmission => Get(
        """
        UPDATE submission SET state = 'withdrawn', withdrawn_by = ?3, withdraw_reason = ?4, withdrawn_at = ?5, withdraw_row = 0, withdrawn_reports = 0
        WHERE bureau = ?1 AND id = ?2 AND state <> 'withdrawn'
        """);

    public WriteStatement ProgressWithdrawal => Get(
        """
        UPDATE submission SET withdraw_row = ?4, withdrawn_reports = withdrawn_reports + ?5, withdraw_finished_at = iif(?6, ?7, NULL)
        WHERE bureau = ?1 AND id = ?2 AND state = 'withdrawn' AND withdraw_row = ?3 AND withdraw_finished_at IS NULL
        """);

    public WriteStatement RestartWithdrawal => Get(
        """
        UPDATE submission SET withdraw_row = 0, withdrawn_reports = 0, withdraw_finished_at = NULL
        WHERE bureau = ?1 AND id = ?2 AND state = 'withdrawn'
        """);

    public WriteStatement InsertEstate => Get(
        """
        INSERT INTO estate (id, region, name_zh, name_en, valid_from, rank, closed_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT DO NOTHING
        """);

    public WriteStatement UpdateEstate => Get(
        """
        UPDATE estate SET name_zh = ?2, name_en = ?3, valid_from = ?4, rank = ?5, closed_from = ?6, version = ?7
        WHERE id = ?1 AND version = ?7 - 1
        """);

    public WriteStatement ClosePeriod => Get(
        "INSERT INTO closed_period (feed, period, closed_at, closed_by) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");

    public WriteStatement PutExchangeRate => Get(
        "INSERT OR REPLACE INTO exchange_rate (currency, target, period, rate) VALUES (?1, ?2, ?3, ?4)");

    public WriteStatement InsertAlertPolicy => Get(
        "INSERT INTO alert_policy (region, policy, threshold, decided_by, reason, decided_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    public WriteStatement PutRivalSet => Get(
        """
        INSERT INTO rival_set (id, version, deleted, name_zh, name_en, regions, sources, industries, decided_by, reason, decided_at)
        SELECT ?1, coalesce((SELECT max(version) FROM rival_set WHERE id = ?1), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
        WHERE coalesce((SELECT iif(deleted, 0, version) FROM rival_set WHERE id = ?1 ORDER BY version DESC LIMIT 1), 0) = ?2
        """);

    public WriteStatement InsertCalendar => Get(
        """
        INSERT INTO reporting_calendar (version, feeds, weekends_off, holidays, working_days, decided_by, reason, decided_at)
        SELECT ?1 + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE coalesce((SELECT max(version) FROM reporting_calendar), 0) = ?1
        """);

    public WriteStatement PutObligationRule => Get(
        """
        INSERT INTO obligation_rule (id, version, deleted, exempt, feeds, enterprises, regions, industries, ownerships, sizes,
            valid_from, valid_to, decided_by, reason, decided_at)
        SELECT ?1, coalesce((SELECT max(version) FROM obligation_rule WHERE id = ?1), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
        WHERE coalesce((SELECT iif(deleted, 0, version) FROM obligation_rule WHERE id = ?1 ORDER BY version DESC LIMIT 1), 0) = ?2
        """);

    public WriteStatement InsertClusterDefinition => Get(
        """
        INSERT INTO cluster_definition (id, version, name_zh, name_en, industries, regions, deleted, decided_by, decided_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
        WHERE ?2 = 1 + coalesce((SELECT max(version) FROM cluster_definition WHERE id = ?1), 0)
        """);

    public WriteStatement InsertClusterWatch => Get(
        """
        INSERT INTO cluster_watch (region, cluster, watched, decided_by, reason, decided_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6
        WHERE ?3 <> coalesce((SELECT watched FROM cluster_watch WHERE region = ?1 AND cluster = ?2 ORDER BY no DESC LIMIT 1), 0)
        """);

    /// <summary>A statement, prepared at its first use.</summary>
    public WriteStatement Get(string sql)
    {
        if (!_bySql.TryGetValue(sql, out var statement))
            _bySql.Add(sql, statement = new(connection, sql));
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _bySql.Values)
            statement.Dispose();
    }
}
