using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <content>The one writer, and who is a member of which place.</content>
public sealed partial class SqliteFactStore
{
    public int Writers => 1;

    public async ValueTask<IFactWriter> OpenWriterAsync(string silo, CancellationToken cancellation)
    {
        using var turn = await database.TakeTurnAsync();
        return await SqliteDatabase.ReadAsync<IFactWriter>(() => Open(turn.Connection, silo));
    }

    private SqliteWriter Open(SqliteConnection connection, string silo)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var now = Columns.Time(time.GetUtcNow());
        // A predecessor that still runs would number commits of its own: it may not commit any more. Its log is read by every
        // place as it loads, and all of them load now.
        Run(connection, transaction, "UPDATE writer SET fenced = 1, buried_at = ?1 WHERE fenced = 0", now);
        // A store that nobody has written to has nothing that would have to be rebuilt.
        Run(
            connection, transaction, "INSERT INTO cell_level (id, logged, rebuilt) SELECT 1, ?1, ?1 WHERE NOT EXISTS (SELECT 1 FROM writer)",
            CellLevels.Newest);
        using var insert = new Statement(
            connection,
            """
            INSERT INTO writer (silo, seq, fenced, opened_at, build, knows, cells)
            VALUES (?1, 0, 0, ?2, ?3, ?4, coalesce((SELECT logged FROM cell_level), 1)) RETURNING id
            """,
            4);
        var id = Convert.ToInt32(insert.With(transaction, silo, now, BuildVersion.Current, CellLevels.Newest).Scalar(), null);
        transaction.Commit();
        return new SqliteWriter(database, id, time);
    }

    public ValueTask<IReadOnlyList<WriterRecord>> ListWritersAsync(CancellationToken cancellation) => ListAsync(
        "SELECT id, silo, fenced, opened_at FROM writer WHERE buried_at IS NULL ORDER BY id",
        r => new WriterRecord(r.GetInt32(0), r.GetString(1), r.Flag(2), time.GetUtcNow() - r.Time(3)));

    public ValueTask<long> FenceWriterAsync(int writer, CancellationToken cancellation) => WriteAsync((connection, transaction) =>
        List(connection, transaction, "UPDATE writer SET fenced = 1 WHERE id = ?1 RETURNING seq", r => r.GetInt64(0), writer)[0]);

    public async ValueTask BuryWriterAsync(int writer, CancellationToken cancellation) => await WriteAsync((connection, transaction) => Run(
        connection, transaction, "UPDATE writer SET buried_at = ?2 WHERE id = ?1 AND fenced = 1", writer, Columns.Time(time.GetUtcNow())));

    public ValueTask<Census> TakeCensusAsync(CancellationToken cancellation) => SnapshotAsync((connection, transaction) =>
    {
        var positions = ReadVector(connection, transaction, "SELECT id, seq FROM writer");
        var places = new Dictionary<string, MemberSums>(StringComparer.Ordinal);
        foreach (var (id, version, region, estate) in List(
            connection, transaction,
            """
            SELECT e.id, e.version, p.region, p.estate, max(p.valid_from) FROM enterprise e JOIN enterprise_profile p ON p.enterprise = e.id
            GROUP BY e.id
            """,
            r => (r.GetString(0), r.GetInt64(1), r.GetString(2), r.Text(3))))
        {
            var member = MemberSums.Of(id, version);
            places[Places.Region(region)] = places.GetValueOrDefault(Places.Region(region)) + member;
            if (estate is not null)
                places[Places.Estate(estate)] = places.GetValueOrDefault(Places.Estate(estate)) + member;
        }
        return new Census(positions, places);
    });
}
