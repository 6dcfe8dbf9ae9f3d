using System.Collections.Immutable;
using System.Text.Json;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Npgsql;

namespace ClusterPulse.Silo.Postgres;

/// <summary>The shared store: PostgreSQL, any number of silos with a few writers each, readers with snapshots. Times are the
/// database's, so that no silo's clock matters.</summary>
public sealed partial class PostgresFactStore(PostgresDatabase database) : IFactStore
{
    /// <summary>Enterprises that <see cref="ReadAllAsync"/> reads at once.</summary>
    private const int ReadChunk = 1_000;

    private readonly FactYears _years = new(database);

    public int Writers => database.Options.Writers;

    public ValueTask<IFactWriter> OpenWriterAsync(string silo, CancellationToken cancellation) => WriteAsync<IFactWriter>(async connection =>
    {
        await connection.RunAsync(LockCellLevel, cancellation);
        // A store that nobody has written to has nothing that would have to be rebuilt.
        await connection.RunAsync(
            "INSERT INTO cell_level (id, logged, rebuilt) SELECT 1, $1, $1 WHERE NOT EXISTS (SELECT FROM writer) ON CONFLICT DO NOTHING",
            cancellation, CellLevels.Newest);
        var id = await connection.ListAsync(
            """
            INSERT INTO writer (silo, seq, fenced, opened_at, build, knows, cells)
            VALUES ($1, 0, false, now(), $2, $3, coalesce((SELECT logged FROM cell_level), 1)) RETURNING id
            """,
            r => r.GetInt32(0), cancellation, silo, BuildVersion.Current, CellLevels.Newest);
        return new PostgresWriter(database, _years, id[0]);
    }, lasting: false, cancellation);

    public ValueTask<IReadOnlyDictionary<string, EnterpriseState>> LoadEnterprisesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        SnapshotAsync<IReadOnlyDictionary<string, EnterpriseState>>(
            async connection => await new EnterpriseReader(connection, cancellation).ReadAsync(ids, reports: true), cancellation);

    public ValueTask<IReadOnlyDictionary<string, EnterpriseState>> LoadProfilesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        SnapshotAsync<IReadOnlyDictionary<string, EnterpriseState>>(
            async connection => await new EnterpriseReader(connection, cancellation).ReadAsync(ids, reports: false), cancellation);

    public ValueTask<IReadOnlyList<string>> FindBuyersToRejudgeAsync(string supplier, long profileVersion, CancellationToken cancellation) =>
        ListAsync(
            """
            SELECT DISTINCT enterprise FROM linkage_line
            WHERE supplier_kind = 'enterprise' AND supplier = $1 AND judged_version IS DISTINCT FROM $2
            """,
            r => r.GetString(0), cancellation, supplier, profileVersion);

    public ValueTask<IReadOnlyList<string>> FindInvestedAsync(string investor, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT l.enterprise FROM fdi_line l
        JOIN report r ON r.enterprise = l.enterprise AND r.feed = 'fdi' AND r.period = l.period
        WHERE l.investor = $1 AND NOT r.withdrawn ORDER BY l.enterprise
        """,
        r => r.GetString(0), cancellation, investor);

    public ValueTask<IReadOnlyList<SupplierVersion>> FindStaleSuppliersAsync(int limit, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT l.supplier, e.profile_version FROM linkage_line l JOIN enterprise e ON e.id = l.supplier
        WHERE l.supplier_kind = 'enterprise' AND l.judged_version IS DISTINCT FROM e.profile_version LIMIT $1
        """,
        r => new SupplierVersion(r.GetString(0), r.GetInt64(1)), cancellation, limit);

    public ValueTask<IReadOnlyList<string>> FindMembersAsync(
        MemberPlaces places, Month since, Month until, int limit, CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT p.enterprise FROM enterprise_profile p
        WHERE NOT p.closed AND p.valid_from <= $4 AND (p.region = ANY($1) OR p.estate = $2)
            AND NOT EXISTS (SELECT FROM enterprise_profile n WHERE n.enterprise = p.enterprise AND n.valid_from > p.valid_from AND n.valid_from <= $3)
        ORDER BY p.enterprise LIMIT $5
        """,
        r => r.GetString(0), cancellation, places.Regions.ToArray(), places.Estate ?? "", since.ToString(), until.ToString(), limit);

    public ValueTask<Submission?> FindSubmissionAsync(string bureau, string id, CancellationToken cancellation) => SnapshotAsync(async connection =>
    {
        var found = await connection.ListAsync(
            $"SELECT {SubmissionRow.Columns} FROM submission WHERE bureau = $1 AND id = $2", r => ReadSubmission(r, bureau, id), cancellation, bureau, id);
        if (found.Count == 0)
            return null;
        var last = await connection.ListAsync(
            $"{SelectReceipt} WHERE bureau = $1 AND submission = $2 ORDER BY first_row DESC LIMIT 1", ReadReceipt, cancellation, bureau, id);
        return found[0] with { LastReceipt = last.Count > 0 ? last[0] : null };
    }, cancellation);

    public async ValueTask<BatchReceipt?> FindReceiptAsync(string bureau, string submission, long offset, CancellationToken cancellation)
    {
        var found = await ListAsync(
            $"{SelectReceipt} WHERE bureau = $1 AND submission = $2 AND first_row = $3", ReadReceipt, cancellation, bureau, submission, offset);
        return found.Count > 0 ? found[0] : null;
    }

    public async ValueTask<long> CountEnterprisesAsync(CancellationToken cancellation) =>
        (await ListAsync("SELECT count(*) FROM enterprise", r => r.GetInt64(0), cancellation))[0];

    public ValueTask<CommitVector> ReadAllAsync(Func<EnterpriseState, ValueTask> visit, CancellationToken cancellation) =>
        PostgresDatabase.GuardAsync(async () =>
        {
            await using var connection = await database.OpenLastingAsync(cancellation);
            await using var transaction = await connection.SnapshotAsync(cancellation);
            var positions = await ReadVectorAsync(connection, "SELECT id, seq FROM writer", cancellation);
            var last = "";
            while (true)
            {
                var ids = await connection.ListAsync(
                    "SELECT id FROM enterprise WHERE id > $1 ORDER BY id LIMIT $2", r => r.GetString(0), cancellation, last, ReadChunk);
                if (ids.Count == 0)
                    return positions;
                foreach (var state in (await new EnterpriseReader(connection, cancellation).ReadAsync(ids, reports: true)).Values)
                    await visit(state);
                last = ids[^1];
            }
        });

    private const string ReceiptColumns =
        "first_row, row_count, accepted, duplicate, revised, rejected, warned, commit_token, committed_at, rows_sha256, sender";

    /// <summary>Position of the rows, after <see cref="ReceiptColumns"/>.</summary>
    private const int ReceiptRows = 11;

    private const string SelectReceipt = $"SELECT {ReceiptColumns}, rows FROM receipt";

    private static BatchReceipt ReadReceipt(NpgsqlDataReader r) => new()
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
        RowsSha256 = r.TextOrNull(9),
        Sender = r.TextOrNull(10),
    };

    private ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, ValueTask<T>> read, CancellationToken cancellation) =>
        PostgresDatabase.GuardAsync(async () =>
        {
            await using var connection = await database.OpenReadingAsync(cancellation);
            return await read(connection);
        });

    private ValueTask<T> SnapshotAsync<T>(Func<NpgsqlConnection, ValueTask<T>> read, CancellationToken cancellation) => ReadAsync(async connection =>
    {
        await using var transaction = await connection.SnapshotAsync(cancellation);
        return await read(connection);
    }, cancellation);

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellation, params object?[] values) =>
        ReadAsync<IReadOnlyList<T>>(async connection => await connection.ListAsync(sql, row, cancellation, values), cancellation);

    private static async Task<CommitVector> ReadVectorAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation, params object?[] values)
    {
        var vector = new CommitVector();
        foreach (var (writer, sequence) in await connection.ListAsync(sql, r => (r.GetInt32(0), r.GetInt64(1)), cancellation, values))
            vector[writer] = sequence;
        return vector;
    }
}
