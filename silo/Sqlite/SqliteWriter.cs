using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>The embedded store's one writer. Blocks: its Committer has a thread of its own.</summary>
internal sealed class SqliteWriter : IFactWriter
{
    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private SqliteConnection _connection;
    private WriterStatements _statements;

    public SqliteWriter(SqliteDatabase database, SqliteConnection connection, int id, TimeProvider time)
    {
        (_database, _connection, Id, _time) = (database, connection, id, time);
        _statements = new(connection);
    }

    public int Id { get; }

    public bool Blocks => true;

    public ValueTask<CommitResult> CommitAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<bool>, IReadOnlyDictionary<string, CellSums>> sum,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var committing = false;
        try
        {
            using var turn = _database.TakeTurn();
            using var transaction = _connection.BeginTransaction(deferred: false);
            var (sequence, level) = Number(transaction);
            var applier = new ChangeApplier(_statements, transaction, _time.GetUtcNow());
            var applied = new bool[changes.Count];
            for (var i = 0; i < applied.Length; i++)
                applied[i] = applier.Apply(changes[i]);
            var sums = sum(applied);
            CellLevels.Limit(sums, level);
            foreach (var (place, cells) in sums)
                _statements.InsertLog.With(transaction, place, Id, sequence, cells.Encode()).Run();
            committing = true;
            transaction.Commit();
            return ValueTask.FromResult(new CommitResult(sequence, applied, sums));
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            // Before COMMIT nothing can be stored: leaving the block has rolled back. A failing COMMIT may have been.
            throw Unavailable(e, committing);
        }
    }

    /// <summary>Numbers the commit.</summary>
    private (long Sequence, int Level) Number(SqliteTransaction transaction)
    {
        using var row = _statements.NextSequence.With(transaction, Id).Read();
        return row.Read()
            ? (row.GetInt64(0), row.GetInt32(1))
            : throw new WriterFencedException($"writer {Id} is fenced: another process has opened this store");
    }

    public ValueTask<long> ReadSequenceAsync(CancellationToken cancellation)
    {
        try
        {
            // A connection of its own, in case this one is what is broken.
            Reopen();
            using var turn = _database.TakeTurn();
            using var transaction = _connection.BeginTransaction(deferred: false);
            return ValueTask.FromResult((long)_statements.ReadSequence.With(transaction, Id).Scalar()!);
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            throw Unavailable(e, outcomeUnknown: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _statements.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Reopen()
    {
        _statements.Dispose();
        _connection.Dispose();
        _connection = _database.OpenWriting();
        _statements = new(_connection);
    }

    private static StoreUnavailableException Unavailable(Exception e, bool outcomeUnknown) =>
        new($"the embedded store does not take commits now: {e.Message}", e) { OutcomeUnknown = outcomeUnknown };
}
