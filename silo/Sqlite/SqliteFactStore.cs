using System.Collections.Immutable;
using System.Text.Json;
using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>The embedded store: one SQLite file with a write-ahead log, one writer, any number of readers with snapshots.</summary>
public sealed partial class SqliteFactStore(SqliteDatabase database, TimeProvider time) : IFactStore
{
    /// <summary>Enterprises that <see cref="ReadAllAsync"/> reads at once.</summary>
    private const int ReadChunk = 500;

    private readonly CheckpointQueue _checkpoints = new(
        database, (connection, transaction, place, checkpoint) => TryStore(connection, transaction, place, checkpoint, time.GetUtcNow()));

    public ValueTask<IReadOnlyDictionary<string, EnterpriseState>> LoadEnterprisesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        SnapshotAsync<IReadOnlyDictionary<string, EnterpriseState>>((c, t) => new EnterpriseReader(c, t).Read(ids, reports: true));

    public ValueTask<IReadOnlyDictionary<string, EnterpriseState>> LoadProfilesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        SnapshotAsync<IReadOnlyDictionary<string, EnterpriseState>>((c, t) => new EnterpriseReader(c, t).Read(ids, reports: false));

    public ValueTask<IReadOnlyList<string>> FindBuyersToRejudgeAsync(string supplier, long profileVersion, CancellationToken cancellation) =>
        ListAsync(
            """
            SELECT DISTINCT enterprise FROM linkage_line
            WHERE supplier_kind = 'enterprise' AND supplier = ?1 AND judged_version IS NOT ?2
            """,
            r => r.GetString(0), supplier, profileVersion);

    public ValueTask<IReadOnlyList<string>> FindInvestedAsync(string investor, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT l.enterprise FROM fdi_line l
        JOIN report r ON r.enterprise = l.enterprise AND r.feed = 'fdi' AND r.period = l.period
        WHERE l.investor = ?1 AND NOT r.withdrawn ORDER BY l.enterprise
        """,
        r => r.GetString(0), investor);

    public ValueTask<IReadOnlyList<SupplierVersion>> FindStaleSuppliersAsync(int limit, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT l.supplier, e.profile_version FROM linkage_line l JOIN enterprise e ON e.id = l.supplier
        WHERE l.supplier_kind = 'enterprise' AND l.judged_version IS NOT e.profile_version LIMIT ?1
        """,
        r => new SupplierVersion(r.GetString(0), r.GetInt64(1)), limit);

    public ValueTask<IReadOnlyList<string>> FindMembersAsync(
        MemberPlaces places, Month since, Month until, int limit, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT p.enterprise FROM enterprise_profile p
        WHERE NOT p.closed AND p.valid_from <= ?4
            AND (p.region IN (SELECT value FROM json_each(?1)) OR p.estate = ?2)
            AND NOT EXISTS (SELECT 1 FROM enterprise_profile n WHERE n.enterprise = p.enterprise AND n.valid_from > p.valid_from AND n.valid_from <= ?3)
        ORDER BY p.enterprise LIMIT ?5
        """,
        r => r.GetString(0), JsonSerializer.Serialize(places.Regions), places.Estate ?? "", since.ToString(), until.ToString(), limit);

    public async ValueTask<Submission?> FindSubmissionAsync(string bureau, string id, CancellationToken cancellation)
    {
        var found = await ListAsync(
            $"SELECT {SubmissionRow.Columns} FROM submission WHERE bureau = ?1 AND id = ?2", r => ReadSubmission(r, bureau, id), bureau, id);
        if (found.Count == 0)
            return null;
        var last = await ListAsync(
            $"{SelectReceipt} WHERE bureau = ?1 AND submission = ?2 ORDER BY first_row DESC LIMIT 1", ReadReceipt, bureau, id);
        return found[0] with { LastReceipt = last.Count > 0 ? last[0] : null };
    }

    public async ValueTask<BatchReceipt?> FindReceiptAsync(string bureau, string submission, long offset, CancellationToken cancellation)
    {
        var found = await ListAsync(
            $"{SelectReceipt} WHERE bureau = ?1 AND submission = ?2 AND first_row = ?3", ReadReceipt, bureau, submission, offset);
        return found.Count > 0 ? found[0] : null;
    }

    public async ValueTask<long> CountEnterprisesAsync(CancellationToken cancellation) =>
        (await ListAsync("SELECT count(*) FROM enterprise", r => r.GetInt64(0)))[0];

    public async ValueTask<Aggregation.CommitVector> ReadAllAsync(Func<EnterpriseState, ValueTask> visit, CancellationToken cancellation)
    {
        await using var connection = database.OpenReading();
        await using var transaction = connection.BeginTransaction(deferred: true);
        var positions = await SqliteDatabase.ReadAsync(() => ReadVector(connection, transaction, "SELECT id, seq FROM writer"));
        var last = "";
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (ids, states) = await ReadChunkAsync(last);
            if (ids.Count == 0)
                return positions;
            foreach (var state in states.Values)
                await visit(state);
            last = ids[^1];
        }

        // Chunk by chunk on the pool: a grain that asks goes on answering others meanwhile.
        ValueTask<(List<string> Ids, Dictionary<string, EnterpriseState> States)> ReadChunkAsync(string after) => SqliteDatabase.ReadAsync(() =>
        {
            var ids = List(
                connection, transaction, "SELECT id FROM enterprise WHERE id > ?1 ORDER BY id LIMIT ?2", r => r.GetString(0), after, ReadChunk);
            return (ids, new EnterpriseReader(connection, transaction).Read(ids, reports: true));
        });
    }

    private const string ReceiptColumns =
        "first_row, row_count, accepted, duplicate, revised, rejected, warned, commit_token, committed_at, rows_sha256, sender";

    /// <summary>Position of the rows, after <see cref="ReceiptColumns"/>.</summary>
    private const int ReceiptRows = 11;

    private const string SelectReceipt = $"SELECT {ReceiptColumns}, rows FROM receipt";

    private static BatchReceipt ReadReceipt(SqliteDataReader r) => new()
    {
        Offset = r.GetInt64(0),
        Count = r.GetInt32(1),
        Accepted = r.GetInt32(2),
        Duplicate = r.GetInt32(3),
        Revised = r.GetInt32(4),
        Rejected = r.GetInt32(5),
        Warned = r.GetInt32(6),
        Rows = JsonSerializer.Deserialize<ImmutableArray<RowResult>>(r.GetString(ReceiptRows)),
        CommitToken = r.GetString(7),
        CommitTime = r.Time(8),
        RowsSha256 = r.Text(9),
        Sender = r.Text(10),
    };

    private ValueTask<T> SnapshotAsync<T>(Func<SqliteConnection, SqliteTransaction, T> read) => SqliteDatabase.ReadAsync(() =>
    {
        using var connection = database.OpenReading();
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection, transaction);
    });

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, Func<SqliteDataReader, T> row, params object?[] values) =>
        SnapshotAsync<IReadOnlyList<T>>((c, t) => List(c, t, sql, row, values));

    private static List<T> List<T>(
        SqliteConnection connection, SqliteTransaction transaction, string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var statement = new Statement(connection, sql, values.Length);
        using var reader = statement.With(transaction, values).Read();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }
}
