using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>The embedded store's one writer. Blocks: its Committer has a thread of its own.</summary>
internal sealed class SqliteWriter(SqliteDatabase database, int id, TimeProvider time) : IFactWriter
{
    private SqliteConnection? _connection;
    private WriterStatements? _statements;

    public int Id => id;

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
            using var turn = database.TakeTurn();
            var statements = Statements(turn.Connection);
            using var transaction = turn.Connection.BeginTransaction(deferred: false);
            var (sequence, level) = Number(statements);
            var applier = new ChangeApplier(statements, CommitToken.Format(Id, sequence), time.GetUtcNow());
            var applied = new bool[changes.Count];
            for (var i = 0; i < applied.Length; i++)
                applied[i] = applier.Apply(changes[i]);
            var sums = sum(applied);
            CellLevels.Limit(sums, level);
            foreach (var (place, cells) in sums)
                statements.InsertLog.Run(place, Id, sequence, cells.Encode());
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
    private (long Sequence, int Level) Number(WriterStatements statements)
    {
        Span<long> row = stackalloc long[2];
        return statements.NextSequence.Read(row, Id)
            ? (row[0], (int)row[1])
            : throw new WriterFencedException($"writer {Id} is fenced: another process has opened this store");
    }

    public ValueTask<long> ReadSequenceAsync(CancellationToken cancellation)
    {
        try
        {
            using var turn = database.TakeTurn();
            // Another connection, in case this one is what is broken.
            Forget();
            turn.Renew();
            var statements = Statements(turn.Connection);
            using var transaction = turn.Connection.BeginTransaction(deferred: false);
            return ValueTask.FromResult(statements.ReadSequence.Number(Id)!.Value);
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            throw Unavailable(e, outcomeUnknown: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        Forget();
        return ValueTask.CompletedTask;
    }

    /// <summary>The statements of the connection that writes now.</summary>
    private WriterStatements Statements(SqliteConnection connection)
    {
        if (_connection != connection)
        {
            Forget();
            (_connection, _statements) = (connection, new(connection));
        }
        return _statements!;
    }

    private void Forget()
    {
        _statements?.Dispose();
        (_connection, _statements) = (null, null);
    }

    private static StoreUnavailableException Unavailable(Exception e, bool outcomeUnknown) =>
        new($"the embedded store does not take commits now: {e.Message}", e) { OutcomeUnknown = outcomeUnknown };
}
