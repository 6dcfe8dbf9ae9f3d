using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Changes of which there are few: one statement each, and the number of rows it touches tells whether it held.</summary>
internal static class SmallChange
{
    /// <summary>Null for changes of enterprises.</summary>
    /// <exception cref="ArgumentException">The store does not know the change.</exception>
    public static NpgsqlBatchCommand? AddTo(NpgsqlBatch batch, Change change) => change switch
    {
        EnterpriseChange => null,
        ReceiptChange { Receipt: var r } c => batch.Add(
            """
            UPDATE submission SET next_offset = next_offset + $4, accepted = accepted + $5, duplicate = duplicate + $6,
                revised = revised + $7, rejected = rejected + $8, warned = warned + $9
            WHERE bureau = $1 AND id = $2 AND next_offset = $3 AND state = 'open' AND $4 > 0
            """,
            c.Bureau, c.Submission, r.Offset, (long)r.Count, (long)r.Accepted, (long)r.Duplicate, (long)r.Revised, (long)r.Rejected, (long)r.Warned),
        SubmissionCreated c => batch.Add(
            """
            INSERT INTO submission (bureau, id, state, next_offset, accepted, duplicate, revised, rejected, warned, sha256, created_at)
            VALUES ($1, $2, 'open', 0, 0, 0, 0, 0, 0, $3, now()) ON CONFLICT DO NOTHING
            """,
            c.Bureau, c.Submission, Query.Text(c.Sha256)),
        SubmissionFinalized c => batch.Add(
            """
            UPDATE submission SET state = 'finalized', finalized_at = now()
            WHERE bureau = $1 AND id = $2 AND next_offset = $3 AND state = 'open'
            """,
            c.Bureau, c.Submission, c.Rows),
        SubmissionWithdrawn c => batch.Add(
            """
            UPDATE submission SET state = 'withdrawn', withdrawn_by = $3, withdraw_reason = $4, withdrawn_at = now(), withdraw_row = 0, withdrawn_reports = 0
            WHERE bureau = $1 AND id = $2 AND state <> 'withdrawn'
            """,
            c.Bureau, c.Submission, c.By, c.Reason),
        WithdrawalProgressed c => batch.Add(
            """
            UPDATE submission SET withdraw_row = $4, withdrawn_reports = withdrawn_reports + $5,
                withdraw_finished_at = CASE WHEN $6 THEN now() END
            WHERE bureau = $1 AND id = $2 AND state = 'withdrawn' AND withdraw_row = $3 AND withdraw_finished_at IS NULL
            """,
            c.Bureau, c.Submission, c.FromRow, c.NextRow, c.Reports, c.Finished),
        WithdrawalRestarted c => batch.Add(
            """
            UPDATE submission SET withdraw_row = 0, withdrawn_reports = 0, withdraw_finished_at = NULL
            WHERE bureau = $1 AND id = $2 AND state = 'withdrawn'
            """,
            c.Bureau, c.Submission),
        EstateChange { Estate: var e } => batch.Add(
            "INSERT INTO estate (id, region, name_zh, name_en, valid_from, rank, closed_from) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            e.Id, e.Region, e.NameZh, e.NameEn, e.ValidFrom.ToString(), Words.Of(e.Rank), Query.Text(e.ClosedFrom?.ToString())),
        EstateUpdated { Estate: var e } => batch.Add(
            """
            UPDATE estate SET name_zh = $2, name_en = $3, valid_from = $4, rank = $5, closed_from = $6, version = $7
            WHERE id = $1 AND version = $7 - 1
            """,
            e.Id, e.NameZh, e.NameEn, e.ValidFrom.ToString(), Words.Of(e.Rank), Query.Text(e.ClosedFrom?.ToString()), e.Version),
        PeriodClosed c => batch.Add(
            "INSERT INTO closed_period (feed, period, closed_at, closed_by) VALUES ($1, $2, now(), $3) ON CONFLICT DO NOTHING",
            c.Feed.Word(), c.Period.ToString(), c.ClosedBy),
        ExchangeRateSet c => batch.Add(
            """
            INSERT INTO exchange_rate (currency, target, period, rate) VALUES ($1, $2, $3, $4)
            ON CONFLICT (currency, target, period) DO UPDATE SET rate = excluded.rate
            """,
            c.Currency, c.Target, c.Period.ToString(), c.Rate),
        AlertPolicySet c => batch.Add(
            "INSERT INTO alert_policy (region, policy, threshold, decided_by, reason, decided_at) VALUES ($1, $2, $3, $4, $5, now())",
            c.Region, c.Policy, Query.Typed(NpgsqlDbType.Double, c.Threshold), c.DecidedBy, c.Reason),
        RivalSetStored { Set: var s } c => batch.Add(
            """
            INSERT INTO rival_set (id, version, deleted, name_zh, name_en, regions, sources, industries, decided_by, reason, decided_at)
            SELECT $1, coalesce((SELECT max(version) FROM rival_set WHERE id = $1), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, now()
            WHERE coalesce((SELECT CASE WHEN deleted THEN 0 ELSE version END FROM rival_set r WHERE id = $1 ORDER BY r.version DESC LIMIT 1), 0) = $2
            ON CONFLICT DO NOTHING
            """,
            s.Id, c.ExpectedVersion, c.Deleted, s.NameZh, s.NameEn, CodeList.Text(s.Regions), CodeList.Text(s.Sources),
            CodeList.Text(s.Industries), c.DecidedBy, c.Reason),
        CalendarSet { Rules: var r } => batch.Add(
            """
            INSERT INTO reporting_calendar (version, feeds, weekends_off, holidays, working_days, decided_by, reason, decided_at)
            SELECT $1 + 1, $2, $3, $4, $5, $6, $7, now() WHERE coalesce((SELECT max(version) FROM reporting_calendar), 0) = $1
            ON CONFLICT DO NOTHING
            """,
            r.Version, CalendarRow.Feeds(r), r.WeekendsOff, CalendarRow.Days(r.Holidays), CalendarRow.Days(r.WorkingDays), r.DecidedBy, r.Reason),
        ObligationRuleStored { Rule: var o } c => batch.Add(
            """
            INSERT INTO obligation_rule (id, version, deleted, exempt, feeds, enterprises, regions, industries, ownerships, sizes,
                valid_from, valid_to, decided_by, reason, decided_at)
            SELECT $1, coalesce((SELECT max(version) FROM obligation_rule WHERE id = $1), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now()
            WHERE coalesce((SELECT CASE WHEN deleted THEN 0 ELSE version END FROM obligation_rule r WHERE id = $1 ORDER BY r.version DESC LIMIT 1), 0) = $2
            ON CONFLICT DO NOTHING
            """,
            o.Id, o.Version, c.Deleted, o.Exempt, ObligationRuleRow.Feeds(o), CodeList.Text(o.Enterprises), CodeList.Text(o.Regions),
            CodeList.Text(o.Industries), ObligationRuleRow.Ownerships(o), ObligationRuleRow.Sizes(o), Query.Text(o.ValidFrom?.ToString()),
            Query.Text(o.ValidTo?.ToString()), c.DecidedBy, c.Reason),
        ClusterDefinitionSet { Definition: var d } c => batch.Add(
            """
            INSERT INTO cluster_definition (id, version, name_zh, name_en, industries, regions, deleted, decided_by, decided_at)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, now()
            WHERE $2 = 1 + coalesce((SELECT max(version) FROM cluster_definition WHERE id = $1), 0)
            ON CONFLICT DO NOTHING
            """,
            d.Id, d.Version, d.NameZh, d.NameEn, CodeList.Text(d.Industries), CodeList.Text(d.Regions), c.Deleted, c.DecidedBy),
        ClusterWatchSet c => batch.Add(
            """
            INSERT INTO cluster_watch (region, cluster, watched, decided_by, reason, decided_at) SELECT $1, $2, $3, $4, $5, now()
            WHERE $3 <> coalesce((SELECT watched FROM cluster_watch WHERE region = $1 AND cluster = $2 ORDER BY no DESC LIMIT 1), false)
            """,
            c.Watch.Region, c.Watch.Cluster, c.Watched, c.DecidedBy, c.Reason),
        _ => throw new ArgumentException($"the store does not know {change.GetType().Name}", nameof(change)),
    };
}
