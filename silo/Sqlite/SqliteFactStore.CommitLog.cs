using ClusterPulse.Aggregation;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <content>Checkpoints, cells, the commit log and its floor.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<PlaceImage> LoadAsync(string place, CancellationToken cancellation) => SnapshotAsync((connection, transaction) =>
    {
        var floor = ReadVector(connection, transaction, "SELECT writer, seq FROM log_floor");
        var known = ReadVector(connection, transaction, "SELECT writer, seq FROM checkpoint_known WHERE place = ?1", place);
        var positions = ReadVector(connection, transaction, "SELECT id, seq FROM writer");
        var cells = List(
            connection, transaction, "SELECT measure, industry, dimension, period, amount FROM cell WHERE place = ?1",
            r => KeyValuePair.Create(
                new CellKey(Words.Measure(r.GetString(0)), r.GetString(1), r.GetString(2), r.Month(3)), r.GetInt64(4)),
            place);
        var log = List(
            connection, transaction,
            """
            SELECT l.writer, l.seq, l.payload FROM commit_log l
            LEFT JOIN checkpoint_known k ON k.place = l.place AND k.writer = l.writer
            WHERE l.place = ?1 AND l.seq > coalesce(k.seq, 0) ORDER BY l.writer, l.seq
            """,
            r => new LogEntry(r.GetInt32(0), r.GetInt64(1), CellSums.Decode(r.GetFieldValue<byte[]>(2))),
            place);
        return new PlaceImage(ReadVersion(connection, transaction, place), cells, known, floor, positions, log);
    });

    public ValueTask<MissingCommits> ReadMissingAsync(string place, int writer, long after, long upto, CancellationToken cancellation) =>
        SnapshotAsync((connection, transaction) =>
        {
            var floor = ReadVector(connection, transaction, "SELECT writer, seq FROM log_floor WHERE writer = ?1", writer);
            var entries = List(
                connection, transaction,
                "SELECT seq, payload FROM commit_log WHERE place = ?1 AND writer = ?2 AND seq > ?3 AND seq <= ?4 ORDER BY seq",
                r => new LogEntry(writer, r.GetInt64(0), CellSums.Decode(r.GetFieldValue<byte[]>(1))),
                place, writer, after, upto);
            return new MissingCommits(floor[writer], entries);
        });

    public ValueTask<(long Version, CommitVector Floor)> ReadFloorAsync(string place, CancellationToken cancellation) =>
        SnapshotAsync((connection, transaction) => (
            ReadVersion(connection, transaction, place),
            ReadVector(connection, transaction, "SELECT writer, seq FROM log_floor")));

    public async ValueTask<bool> TryCheckpointAsync(string place, PlaceCheckpoint checkpoint, CancellationToken cancellation) =>
        await _checkpoints.StoreAsync(place, checkpoint);

    private static bool TryStore(
        SqliteConnection connection, SqliteTransaction transaction, string place, PlaceCheckpoint checkpoint, DateTimeOffset at)
    {
        var now = Columns.Time(at);
        var sql = checkpoint.ExpectedVersion == 0
            ? "INSERT INTO checkpoint (place, version, stored_at) VALUES (?1, ?2 + 1, ?3) ON CONFLICT DO NOTHING"
            : "UPDATE checkpoint SET version = version + 1, stored_at = ?3 WHERE place = ?1 AND version = ?2";
        if (Run(connection, transaction, sql, place, checkpoint.ExpectedVersion, now) == 0)
            return false;
        PutCells(connection, place, checkpoint.Dirty);
        PutKnown(connection, transaction, place, checkpoint.Known);
        PutVintages(connection, place, checkpoint.Vintages, now);
        return true;
    }

    public ValueTask<CommitVector> ReadPositionsAsync(CancellationToken cancellation) =>
        SnapshotAsync((connection, transaction) => ReadVector(connection, transaction, "SELECT id, seq FROM writer"));

    public ValueTask<IReadOnlyList<string>> FindTouchedAsync(CommitVector positions, CancellationToken cancellation) =>
        SnapshotAsync<IReadOnlyList<string>>((connection, transaction) =>
        {
            var touched = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (writer, sequence) in positions.Positions)
            {
                touched.UnionWith(List(
                    connection, transaction, "SELECT DISTINCT place FROM commit_log WHERE writer = ?1 AND seq <= ?2",
                    r => r.GetString(0), writer, sequence));
            }
            return [.. touched];
        });

    public async ValueTask MoveFloorAsync(CommitVector positions, CancellationToken cancellation) =>
        await WriteAsync((connection, transaction) =>
        {
            foreach (var (writer, sequence) in positions.Positions)
            {
                Run(connection, transaction,
                    "INSERT INTO log_floor (writer, seq) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
                    writer, sequence);
                Run(connection, transaction, "DELETE FROM commit_log WHERE writer = ?1 AND seq <= ?2", writer, sequence);
            }
            return true;
        });

    public ValueTask<bool> TryReplaceCheckpointsAsync(
        IReadOnlyDictionary<string, CellTable> places, CommitVector positions, CancellationToken cancellation) =>
        WriteAsync((connection, transaction) =>
        {
            var floor = ReadVector(connection, transaction, "SELECT writer, seq FROM log_floor");
            if (floor.Positions.Any(f => f.Value > positions[f.Key]))
                return false;
            var now = Columns.Time(time.GetUtcNow());
            foreach (var (place, cells) in places)
            {
                Run(connection, transaction,
                    """
                    INSERT INTO checkpoint (place, version, stored_at) VALUES (?1, 1, ?2)
                    ON CONFLICT DO UPDATE SET version = version + 1, stored_at = excluded.stored_at
                    """,
                    place, now);
                Run(connection, transaction, "DELETE FROM cell WHERE place = ?1", place);
                PutCells(connection, place, cells.NonZero());
                PutKnown(connection, transaction, place, positions);
            }
            return true;
        });

    public ValueTask<IReadOnlyList<string>> LoadPlacesAsync(CancellationToken cancellation) => ListAsync(
        "SELECT place FROM checkpoint UNION SELECT DISTINCT place FROM commit_log ORDER BY 1", r => r.GetString(0));

    private static void PutCells(SqliteConnection connection, string place, IEnumerable<KeyValuePair<CellKey, long>> cells)
    {
        using var put = new WriteStatement(
            connection, "INSERT OR REPLACE INTO cell (place, measure, industry, dimension, period, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        using var delete = new WriteStatement(
            connection, "DELETE FROM cell WHERE place = ?1 AND measure = ?2 AND industry = ?3 AND dimension = ?4 AND period = ?5");
        foreach (var (key, amount) in cells)
        {
            if (amount == 0)
                delete.Run(place, Words.Of(key.Measure), key.Industry, key.Dimension, key.Period.ToString());
            else
                put.Run(place, Words.Of(key.Measure), key.Industry, key.Dimension, key.Period.ToString(), amount);
        }
    }

    private static void PutKnown(SqliteConnection connection, SqliteTransaction transaction, string place, CommitVector known)
    {
        Run(connection, transaction, "DELETE FROM checkpoint_known WHERE place = ?1", place);
        foreach (var (writer, sequence) in known.Positions)
        {
            // Below the floor every place counts as caught up, so vectors stay short.
            Run(connection, transaction,
                """
                INSERT INTO checkpoint_known (place, writer, seq)
                SELECT ?1, ?2, ?3 WHERE ?3 > coalesce((SELECT seq FROM log_floor WHERE writer = ?2), 0)
                """,
                place, writer, sequence);
        }
    }

    private static long ReadVersion(SqliteConnection connection, SqliteTransaction transaction, string place)
    {
        using var statement = new Statement(connection, "SELECT version FROM checkpoint WHERE place = ?1", 1);
        return statement.With(transaction, place).Scalar() as long? ?? 0;
    }

    private static CommitVector ReadVector(
        SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var vector = new CommitVector();
        foreach (var (writer, sequence) in List(connection, transaction, sql, r => (r.GetInt32(0), r.GetInt64(1)), values))
            vector[writer] = sequence;
        return vector;
    }

    private static int Run(
        SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = new Statement(connection, sql, values.Length);
        return statement.With(transaction, values).Run();
    }

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> write)
    {
        using var turn = await database.TakeTurnAsync();
        return await SqliteDatabase.ReadAsync(() =>
        {
            using var transaction = turn.Connection.BeginTransaction(deferred: false);
            var result = write(turn.Connection, transaction);
            transaction.Commit();
            return result;
        });
    }
}
