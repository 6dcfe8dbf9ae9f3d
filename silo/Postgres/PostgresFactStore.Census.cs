using ClusterPulse.Aggregation;

namespace ClusterPulse.Silo.Postgres;

/// <content>Who is a member of which place, for anti-entropy.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<Census> TakeCensusAsync(CancellationToken cancellation) => PostgresDatabase.GuardAsync(async () =>
    {
        await using var connection = await database.OpenLastingAsync(cancellation);
        await using var transaction = await connection.SnapshotAsync(cancellation);
        var positions = await ReadVectorAsync(connection, "SELECT id, seq FROM writer", cancellation);
        var places = await connection.ListAsync(
            """
            WITH member AS (
                SELECT region, estate, ('x' || substr(hash, 1, 8))::bit(32)::bigint AS high, ('x' || substr(hash, 9, 8))::bit(32)::bigint AS low
                FROM (SELECT DISTINCT ON (p.enterprise) p.region, p.estate, encode(sha256(convert_to(e.id || ':' || e.version, 'UTF8')), 'hex') AS hash
                    FROM enterprise_profile p JOIN enterprise e ON e.id = p.enterprise ORDER BY p.enterprise, p.valid_from DESC) newest)
            SELECT 'regions/' || region, count(*), sum(high)::bigint, sum(low)::bigint FROM member GROUP BY region
            UNION ALL
            SELECT 'estates/' || estate, count(*), sum(high)::bigint, sum(low)::bigint FROM member WHERE estate IS NOT NULL GROUP BY estate
            """,
            r => KeyValuePair.Create(r.GetString(0), new MemberSums(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), cancellation);
        return new Census(positions, places.ToDictionary(StringComparer.Ordinal));
    });
}
