using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.Registry;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <content>Lists of enterprises, what they reported, who must, and until when.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<IReadOnlyList<EnterpriseView>> ListEnterprisesAsync(
        EnterpriseQuery query, IReadOnlyCollection<string> regions, CancellationToken cancellation) => ListAsync(
        $"""
        SELECT {ProfileRow.Columns}, profile_version FROM enterprise_profile p JOIN enterprise e ON e.id = p.enterprise
        WHERE p.enterprise > $1
            {(query.Region is null ? "AND $2 IS NULL" : "AND p.region = ANY($2)")}
            AND ($3 IS NULL OR p.valid_from <= $3)
            AND NOT EXISTS (SELECT FROM enterprise_profile n
                WHERE n.enterprise = p.enterprise AND n.valid_from > p.valid_from AND ($3 IS NULL OR n.valid_from <= $3))
            AND ($4 OR NOT p.closed)
            AND ($5 IS NULL OR starts_with(p.industry, $5))
            AND ($6 IS NULL OR p.ownership = $6)
        ORDER BY p.enterprise LIMIT $7
        """,
        r => new EnterpriseView(r.GetString(0), ProfileRow.Read(r), r.GetInt64(14)), cancellation,
        query.After, Query.Typed(NpgsqlDbType.Array | NpgsqlDbType.Text, query.Region is null ? null : regions.ToArray()),
        Query.Text(query.Period?.ToString()), query.WithClosed, Query.Text(query.Industry), Query.Text(query.Ownership?.Word()), query.Limit);

    public ValueTask<IReadOnlyList<Filing>> ListFilingsAsync(
        IReadOnlyCollection<string> enterprises, Month since, Month until, CancellationToken cancellation) => ListAsync(
        """
        SELECT enterprise, feed, period, nil, committed_at FROM report
        WHERE enterprise = ANY($1) AND NOT withdrawn AND period BETWEEN $2 AND $3
        """,
        r => new Filing(r.GetString(0), Words.Feed(r.GetString(1)), r.Month(2), r.GetBoolean(3), r.Time(4)), cancellation,
        enterprises.ToArray(), since.ToString(), until.ToString());

    public async ValueTask<CalendarRules?> LoadCalendarAsync(CancellationToken cancellation) =>
        await ListAsync(CalendarRow.NewestSql, r => CalendarRow.Read(r, r.Time(7)), cancellation) is [var newest, ..] ? newest : null;

    public ValueTask<IReadOnlyList<ObligationRule>> LoadObligationRulesAsync(CancellationToken cancellation) =>
        ListAsync(ObligationRuleRow.NewestSql, ObligationRuleRow.Read, cancellation);

    /// <summary>Makes former regions queryable by hand, where they are not stored as they are built in.</summary>
    public async Task StoreFormerRegionsAsync(RegionHistory history, CancellationToken cancellation) => await WriteAsync(async connection =>
    {
        await connection.RunAsync("SELECT pg_advisory_xact_lock($1)", cancellation, RegionLock);
        await connection.RunAsync("DELETE FROM former_region", cancellation);
        await connection.RunAsync(
            """
            INSERT INTO former_region (code, level, parent, name_zh, name_en, valid_from, valid_to, successors)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            cancellation,
            Texts(f => f.Code), Texts(f => f.Level.Word()), Texts(f => f.Parent), Texts(f => f.NameZh), Texts(f => f.NameEn),
            Texts(f => f.ValidFrom?.ToString()), Texts(f => f.ValidTo.ToString()),
            Texts(f => CodeList.Text([.. history.Find(f.Code).Successors.Select(r => r.Code)])));
        return true;

        Npgsql.NpgsqlParameter Texts(Func<FormerRegion, string?> get) =>
            Query.Typed(NpgsqlDbType.Array | NpgsqlDbType.Text, history.All.Select(get).ToArray());
    }, lasting: true, cancellation);
}
