using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <content>Checkpoints, cells, the commit log and its floor.</content>
public sealed partial class PostgresFactStore
{
    /// <summary>Moving the floor and replacing checkpoints exclude each other.</summary>
    private const string LockFloor = "SELECT pg_advisory_xact_lock(7213002)";

    public ValueTask<PlaceImage> LoadAsync(string place, CancellationToken cancellation) => SnapshotAsync(async connection =>
    {
        var floor = await ReadVectorAsync(connection, "SELECT writer, seq FROM log_floor", cancellation);
        var known = await ReadVectorAsync(connection, "SELECT writer, seq FROM checkpoint_known WHERE place = $1", cancellation, place);
        var positions = await ReadVectorAsync(connection, "SELECT id, seq FROM writer", cancellation);
        var cells = await connection.ListAsync(
            "SELECT measure, industry, dimension, period, amount FROM cell WHERE place = $1",
            r => KeyValuePair.Create(
                new CellKey(Words.Measure(r.GetString(0)), string.Intern(r.GetString(1)), string.Intern(r.GetString(2)), r.Month(3)), r.GetInt64(4)),
            cancellation, place);
        var log = await connection.ListAsync(
            """
            SELECT l.writer, l.seq, l.payload FROM commit_log l
            LEFT JOIN checkpoint_known k ON k.place = l.place AND k.writer = l.writer
            WHERE l.place = $1 AND l.seq > coalesce(k.seq, 0) ORDER BY l.writer, l.seq
            """,
            r => new LogEntry(r.GetInt32(0), r.GetInt64(1), CellSums.Decode(r.GetFieldValue<byte[]>(2))),
            cancellation, place);
        return new PlaceImage(await ReadVersionAsync(connection, place, cancellation), cells, known, floor, positions, log);
    }, cancellation);

    public ValueTask<MissingCommits> ReadMissingAsync(string place, int writer, long after, long upto, CancellationToken cancellation) =>
        SnapshotAsync(async connection =>
        {
            var floor = await ReadVectorAsync(connection, "SELECT writer, seq FROM log_floor WHERE writer = $1", cancellation, writer);
            var entries = await connection.ListAsync(
                "SELECT seq, payload FROM commit_log WHERE place = $1 AND writer = $2 AND seq > $3 AND seq <= $4 ORDER BY seq",
                r => new LogEntry(writer, r.GetInt64(0), CellSums.Decode(r.GetFieldValue<byte[]>(1))),
                cancellation, place, writer, after, upto);
            return new MissingCommits(floor[writer], entries);
        }, cancellation);

    public ValueTask<(long Version, CommitVector Floor)> ReadFloorAsync(string place, CancellationToken cancellation) =>
        SnapshotAsync(async connection => (
            await ReadVersionAsync(connection, place, cancellation),
            await ReadVectorAsync(connection, "SELECT writer, seq FROM log_floor", cancellation)), cancellation);

    public ValueTask<bool> TryCheckpointAsync(string place, PlaceCheckpoint checkpoint, CancellationToken cancellation) =>
        WriteAsync(async connection =>
        {
            var stored = checkpoint.ExpectedVersion == 0
                ? await connection.RunAsync(
                    "INSERT INTO checkpoint (place, version, stored_at) VALUES ($1, 1, now()) ON CONFLICT DO NOTHING", cancellation, place)
                : await connection.RunAsync(
                    "UPDATE checkpoint SET version = version + 1, stored_at = now() WHERE place = $1 AND version = $2",
                    cancellation, place, checkpoint.ExpectedVersion);
            if (stored == 0)
                return false;
            await using var batch = new NpgsqlBatch(connection);
            AddCells(batch, place, checkpoint.Dirty);
            AddKnown(batch, place, checkpoint.Known);
            AddVintages(batch, place, checkpoint.Vintages);
            await batch.ExecuteNonQueryAsync(cancellation);
            return true;
        }, lasting: false, cancellation);

    public ValueTask<CommitVector> ReadPositionsAsync(CancellationToken cancellation) => ReadAsync(
        async connection => await ReadVectorAsync(connection, "SELECT id, seq FROM writer", cancellation), cancellation);

    public ValueTask<IReadOnlyList<string>> FindTouchedAsync(CommitVector positions, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT l.place FROM commit_log l JOIN unnest($1, $2) AS p (writer, seq) ON p.writer = l.writer AND l.seq <= p.seq
        ORDER BY 1
        """,
        r => r.GetString(0), cancellation, positions.Positions.Keys.ToArray(), positions.Positions.Values.ToArray());

    public ValueTask<IReadOnlyList<string>> LoadPlacesAsync(CancellationToken cancellation) => ListAsync(
        "SELECT place FROM checkpoint UNION SELECT place FROM commit_log ORDER BY 1", r => r.GetString(0), cancellation);

    public async ValueTask MoveFloorAsync(CommitVector positions, CancellationToken cancellation) => await WriteAsync(async connection =>
    {
        var (writers, sequences) = (positions.Positions.Keys.ToArray(), positions.Positions.Values.ToArray());
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(LockFloor);
        batch.Add(
            """
            INSERT INTO log_floor (writer, seq) SELECT * FROM unnest($1, $2)
            ON CONFLICT (writer) DO UPDATE SET seq = greatest(log_floor.seq, excluded.seq)
            """,
            writers, sequences);
        batch.Add("DELETE FROM commit_log l USING unnest($1, $2) AS p (writer, seq) WHERE l.writer = p.writer AND l.seq <= p.seq", writers, sequences);
        // Writers that are long dead leave the vectors. Not at once: a late message of theirs must still be known as such.
        batch.Add(
            """
            DELETE FROM writer w USING log_floor f
            WHERE f.writer = w.id AND f.seq >= w.seq AND w.buried_at < now() - interval '1 day'
            """);
        batch.Add("DELETE FROM log_floor f WHERE NOT EXISTS (SELECT FROM writer w WHERE w.id = f.writer)");
        await batch.ExecuteNonQueryAsync(cancellation);
        return true;
    }, lasting: true, cancellation);

    public ValueTask<bool> TryReplaceCheckpointsAsync(
        IReadOnlyDictionary<string, CellTable> places, CommitVector positions, CancellationToken cancellation) =>
        WriteAsync(async connection =>
        {
            await connection.RunAsync(LockFloor, cancellation);
            var floor = await ReadVectorAsync(connection, "SELECT writer, seq FROM log_floor", cancellation);
            if (floor.Positions.Any(f => f.Value > positions[f.Key]))
                return false;
            foreach (var (place, cells) in places.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add(
                    """
                    INSERT INTO checkpoint (place, version, stored_at) VALUES ($1, 1, now())
                    ON CONFLICT (place) DO UPDATE SET version = checkpoint.version + 1, stored_at = excluded.stored_at
                    """,
                    place);
                batch.Add("DELETE FROM cell WHERE place = $1", place);
                AddCells(batch, place, [.. cells.NonZero()]);
                AddKnown(batch, place, positions);
                await batch.ExecuteNonQueryAsync(cancellation);
            }
            return true;
        }, lasting: true, cancellation);

    private static void AddCells(NpgsqlBatch batch, string place, IReadOnlyList<KeyValuePair<CellKey, long>> cells)
    {
        var count = cells.Count;
        if (count == 0)
            return;
        var (measures, industries, dimensions, periods, amounts) =
            (new string[count], new string[count], new string[count], new string[count], new long[count]);
        for (var i = 0; i < count; i++)
        {
            var (key, amount) = cells[i];
            (measures[i], industries[i], dimensions[i], periods[i], amounts[i]) =
                (Words.Of(key.Measure), key.Industry, key.Dimension, key.Period.ToString(), amount);
        }
        batch.Add(
            """
            INSERT INTO cell (place, measure, industry, dimension, period, amount)
            SELECT $1, * FROM unnest($2, $3, $4, $5, $6) AS u (measure, industry, dimension, period, amount) WHERE amount <> 0
            ON CONFLICT (place, measure, industry, dimension, period) DO UPDATE SET amount = excluded.amount
            """,
            place, measures, industries, dimensions, periods, amounts);
        if (!amounts.Contains(0))
            return;
        batch.Add(
            """
            DELETE FROM cell c USING unnest($2, $3, $4, $5, $6) AS u (measure, industry, dimension, period, amount)
            WHERE c.place = $1 AND u.amount = 0 AND c.measure = u.measure AND c.industry = u.industry AND c.dimension = u.dimension
                AND c.period = u.period COLLATE "C"
            """,
            place, measures, industries, dimensions, periods, amounts);
    }

    private static void AddKnown(NpgsqlBatch batch, string place, CommitVector known)
    {
        batch.Add("DELETE FROM checkpoint_known WHERE place = $1", place);
        // Below the floor every place counts as caught up, so vectors stay short.
        batch.Add(
            """
            INSERT INTO checkpoint_known (place, writer, seq)
            SELECT $1, u.writer, u.seq FROM unnest($2, $3) AS u (writer, seq) LEFT JOIN log_floor f ON f.writer = u.writer
            WHERE u.seq > coalesce(f.seq, 0)
            """,
            place, known.Positions.Keys.ToArray(), known.Positions.Values.ToArray());
    }

    private static void AddVintages(NpgsqlBatch batch, string place, IReadOnlyList<Vintage> vintages)
    {
        if (vintages.Count == 0)
            return;
        batch.Add(
            """
            INSERT INTO indicator_vintage (place, indicator, labels, period, known_from, value, reason, status, coverage)
            SELECT $1, indicator, labels, period, now(), value, reason, status, coverage
            FROM unnest($2, $3, $4, $5, $6, $7, $8) AS u (indicator, labels, period, value, reason, status, coverage)
            """,
            place, vintages.Select(v => v.Indicator).ToArray(), vintages.Select(v => v.Labels).ToArray(),
            vintages.Select(v => v.Period.ToString()).ToArray(),
            Query.Typed(NpgsqlDbType.Array | NpgsqlDbType.Double, vintages.Select(v => v.Value).ToArray()),
            vintages.Select(v => Words.Of(v.Reason)).ToArray(), vintages.Select(v => Words.Of(v.Status)).ToArray(),
            vintages.Select(v => v.Coverage).ToArray());
    }

    private static async Task<long> ReadVersionAsync(NpgsqlConnection connection, string place, CancellationToken cancellation)
    {
        var found = await connection.ListAsync("SELECT version FROM checkpoint WHERE place = $1", r => r.GetInt64(0), cancellation, place);
        return found.Count > 0 ? found[0] : 0;
    }

    private ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, Task<T>> write, bool lasting, CancellationToken cancellation) =>
        PostgresDatabase.GuardAsync(async () =>
        {
            await using var connection = lasting
                ? await database.OpenLastingAsync(cancellation)
                : await database.OpenReadingAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var result = await write(connection);
            await transaction.CommitAsync(cancellation);
            return result;
        });
}
