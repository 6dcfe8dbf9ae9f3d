using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <summary>
/// One transaction in two round trips before its COMMIT: number it, lock what it touches and see which changes hold; then write
/// those, table by table. A change whose version does not hold any more writes nothing and fails no other.
/// </summary>
internal sealed class Commit(NpgsqlConnection connection, int writer, IReadOnlyList<Change> changes)
{
    private readonly bool[] _applied = new bool[changes.Count];
    private readonly Dictionary<string, (long Version, long ProfileVersion)> _versions = new(StringComparer.Ordinal);

    /// <summary>Submissions that are there, of those that changes would create.</summary>
    private readonly HashSet<(string Bureau, string Id)> _submissions = [];

    /// <summary>Which changes hold.</summary>
    public IReadOnlyList<bool> Applied => _applied;

    /// <summary>Which measures it may log, once it is numbered.</summary>
    public int CellLevel { get; private set; }

    /// <summary>Numbers the commit, and decides on every change.</summary>
    /// <exception cref="WriterFencedException">This writer may not write any more.</exception>
    public async Task<long> DecideAsync(CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("UPDATE writer SET seq = seq + 1 WHERE id = $1 AND NOT fenced RETURNING seq, cells", writer);
        var locks = LockEnterprises(batch);
        var small = new List<(int Change, NpgsqlBatchCommand Command)>();
        for (var i = 0; i < changes.Count; i++)
        {
            if (SmallChange.AddTo(batch, changes[i]) is { } command)
                small.Add((i, command));
        }
        var looks = LookForSubmissions(batch);
        long sequence;
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            if (!await reader.ReadAsync(cancellation))
                throw new WriterFencedException($"writer {writer} is fenced: its silo was declared dead, or its place was taken");
            (sequence, CellLevel) = (reader.GetInt64(0), reader.GetInt32(1));
            // Nothing else in the batch has rows.
            if (locks && await reader.NextResultAsync(cancellation))
            {
                while (await reader.ReadAsync(cancellation))
                    _versions[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2));
            }
            if (looks && await reader.NextResultAsync(cancellation))
            {
                while (await reader.ReadAsync(cancellation))
                    _submissions.Add((reader.GetString(0), reader.GetString(1)));
            }
            // An error of what has no rows shows when it is passed.
            await reader.NextResultAsync(cancellation);
        }
        foreach (var (change, command) in small)
            _applied[change] = command.RecordsAffected > 0;
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i] is EnterpriseChange change)
                _applied[i] = Holds(change);
        }
        return sequence;
    }

    /// <summary>Writes what holds, and the log.</summary>
    public async Task WriteAsync(long sequence, IReadOnlyDictionary<string, CellSums> sums, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        var (enterprises, answers) = (new EnterpriseWrites(), new ReceiptWrites());
        for (var i = 0; i < changes.Count; i++)
        {
            if (!_applied[i])
                continue;
            if (changes[i] is ReceiptChange receipt)
                answers.Add(receipt);
            if (changes[i] is not EnterpriseChange change)
                continue;
            enterprises.Add(change);
            if (change.Answer is { } answer)
                answers.AddWhole(answer, CommitToken.Format(writer, sequence));
        }
        enterprises.AddTo(batch);
        answers.AddTo(batch);
        if (sums.Count > 0)
        {
            var places = new string[sums.Count];
            var payloads = new byte[sums.Count][];
            var at = 0;
            foreach (var (place, cells) in sums)
                (places[at], payloads[at++]) = (place, cells.Encode());
            batch.Add(
                "INSERT INTO commit_log (place, writer, seq, payload) SELECT p, $2, $3, b FROM unnest($1, $4) AS u (p, b)",
                places, writer, sequence, Query.Typed(NpgsqlDbType.Array | NpgsqlDbType.Bytea, payloads));
        }
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Those that are changed, and the suppliers that lines were judged by: none of them may change before the COMMIT.</summary>
    /// <returns>Whether there are any; then their versions are read.</returns>
    private bool LockEnterprises(NpgsqlBatch batch)
    {
        var locks = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var judged = false;
        foreach (var change in changes)
        {
            if (change is not EnterpriseChange enterprise)
                continue;
            locks[enterprise.Enterprise] = true;
            if (enterprise.ExpectedVersion == 0)
                unknown.Add(enterprise.Enterprise);
            foreach (var (supplier, version) in enterprise.Suppliers)
            {
                judged |= locks.TryAdd(supplier, false);
                // A supplier that nobody has registered gets a row, so that registering it waits for this commit and then finds
                // the line to judge anew.
                if (version == 0)
                    unknown.Add(supplier);
            }
        }
        if (locks.Count == 0)
            return false;
        if (unknown.Count > 0)
        {
            batch.Add(
                "INSERT INTO enterprise (id, version, profile_version) SELECT id, 0, 0 FROM unnest($1) AS u (id) ON CONFLICT DO NOTHING",
                (object)unknown.ToArray());
        }
        if (judged)
        {
            batch.Add("SELECT * FROM lock_enterprises($1, $2)", locks.Keys.ToArray(), locks.Values.ToArray());
        }
        else
        {
            batch.Add(
                "SELECT id, version, profile_version FROM enterprise WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", (object)locks.Keys.ToArray());
        }
        return true;
    }

    /// <summary>Those that changes would create: which are there.</summary>
    /// <returns>Whether there are any such changes; then their submissions are read.</returns>
    private bool LookForSubmissions(NpgsqlBatch batch)
    {
        var created = changes.OfType<EnterpriseChange>().Select(c => c.Answer).OfType<ReceiptChange>().ToList();
        if (created.Count == 0)
            return false;
        batch.Add(
            "SELECT s.bureau, s.id FROM unnest($1, $2) AS u (bureau, id) JOIN submission s ON s.bureau = u.bureau AND s.id = u.id",
            created.ConvertAll(a => a.Bureau), created.ConvertAll(a => a.Submission));
        return true;
    }

    private bool Holds(EnterpriseChange change)
    {
        if (change.Answer is { } answer && _submissions.Contains((answer.Bureau, answer.Submission)))
            return false;
        foreach (var (supplier, version) in change.Suppliers)
        {
            if (_versions.GetValueOrDefault(supplier).ProfileVersion != version)
                return false;
        }
        var (held, profiles) = _versions.GetValueOrDefault(change.Enterprise);
        if (held != change.ExpectedVersion)
            return false;
        _versions[change.Enterprise] = (held + 1, profiles + (change.Profiles.Count > 0 ? 1 : 0));
        if (change.Answer is { } created)
            _submissions.Add((created.Bureau, created.Submission));
        return true;
    }
}
