using System.Text.Json;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.Registry;

namespace ClusterPulse.Silo.Sqlite;

/// <content>Lists of enterprises, what they reported, who must, and until when.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<IReadOnlyList<EnterpriseView>> ListEnterprisesAsync(
        EnterpriseQuery query, IReadOnlyCollection<string> regions, CancellationToken cancellation) => ListAsync(
        $"""
        SELECT {ProfileRow.Columns}, profile_version FROM enterprise_profile p JOIN enterprise e ON e.id = p.enterprise
        WHERE p.enterprise > ?1
            {(query.Region is null ? "AND ?2 IS NULL" : "AND p.region IN (SELECT value FROM json_each(?2))")}
            AND (?3 IS NULL OR p.valid_from <= ?3)
            AND NOT EXISTS (SELECT 1 FROM enterprise_profile n
                WHERE n.enterprise = p.enterprise AND n.valid_from > p.valid_from AND (?3 IS NULL OR n.valid_from <= ?3))
            AND (?4 OR NOT p.closed)
            AND (?5 IS NULL OR substr(p.industry, 1, length(?5)) = ?5)
            AND (?6 IS NULL OR p.ownership = ?6)
        ORDER BY p.enterprise LIMIT ?7
        """,
        r => new EnterpriseView(r.GetString(0), ProfileRow.Read(r), r.GetInt64(14)),
        query.After, query.Region is null ? null : JsonSerializer.Serialize(regions), query.Period?.ToString(), query.WithClosed, query.Industry,
        query.Ownership?.Word(), query.Limit);

    public ValueTask<IReadOnlyList<Filing>> ListFilingsAsync(
        IReadOnlyCollection<string> enterprises, Month since, Month until, CancellationToken cancellation) => ListAsync(
        """
        SELECT enterprise, feed, r.period, nil, committed_at
        FROM report_month m CROSS JOIN json_each(?1) e CROSS JOIN report r ON r.period = m.period AND r.enterprise = e.value
        WHERE NOT withdrawn AND m.period BETWEEN ?2 AND ?3
        """,
        r => new Filing(r.GetString(0), Words.Feed(r.GetString(1)), r.Month(2), r.Flag(3), r.Time(4)),
        JsonSerializer.Serialize(enterprises), since.ToString(), until.ToString());

    public async ValueTask<CalendarRules?> LoadCalendarAsync(CancellationToken cancellation) =>
        await ListAsync(CalendarRow.NewestSql, r => CalendarRow.Read(r, r.Time(7))) is [var newest, ..] ? newest : null;

    public ValueTask<IReadOnlyList<ObligationRule>> LoadObligationRulesAsync(CancellationToken cancellation) =>
        ListAsync(ObligationRuleRow.NewestSql, ObligationRuleRow.Read);

    /// <summary>Makes former regions queryable by hand.</summary>
    public async Task StoreFormerRegionsAsync(RegionHistory history) => await WriteAsync((connection, transaction) =>
    {
        Run(connection, transaction, "DELETE FROM former_region");
        using var insert = new Statement(
            connection,
            """
            INSERT INTO former_region (code, level, parent, name_zh, name_en, valid_from, valid_to, successors)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            8);
        foreach (var f in history.All)
        {
            insert.With(
                transaction, f.Code, f.Level.Word(), f.Parent, f.NameZh, f.NameEn, f.ValidFrom?.ToString(), f.ValidTo.ToString(),
                CodeList.Text([.. history.Find(f.Code).Successors.Select(r => r.Code)])).Run();
        }
        return true;
    });
}
