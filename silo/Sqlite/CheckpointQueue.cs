using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Stores checkpoints of places that come at the same time in few transactions, since each waits for the disk.</summary>
/// <param name="database">The store.</param>
/// <param name="store">Stores one, if its version still holds.</param>
internal sealed class CheckpointQueue(SqliteDatabase database, Func<SqliteConnection, SqliteTransaction, string, PlaceCheckpoint, bool> store)
{
    /// <summary>Cells of one transaction: it must not keep reports waiting for long.</summary>
    private const int CellsTogether = 2_000;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _draining;

    /// <summary>Stores a checkpoint.</summary>
    /// <returns>Whether its version still held.</returns>
    /// <exception cref="StoreUnavailableException">It was not stored, or nobody knows.</exception>
    public Task<bool> StoreAsync(string place, PlaceCheckpoint checkpoint)
    {
        var waiting = new Waiting(place, checkpoint);
        lock (_gate)
        {
            _waiting.Enqueue(waiting);
            if (!_draining)
            {
                _draining = true;
                _ = Task.Run(DrainAsync);
            }
        }
        return waiting.Task;
    }

    private async Task DrainAsync()
    {
        while (Take() is { } together)
            await StoreAsync(together);
    }

    /// <summary>Null where nobody waits; the next to come begins again.</summary>
    private List<Waiting>? Take()
    {
        lock (_gate)
        {
            var together = new List<Waiting>();
            for (var cells = 0; cells < CellsTogether && _waiting.TryDequeue(out var next); cells += next.Checkpoint.Dirty.Count)
                together.Add(next);
            _draining = together.Count > 0;
            return _draining ? together : null;
        }
    }

    /// <summary>Each of those that wait is told what became of its own.</summary>
    private async Task StoreAsync(List<Waiting> together)
    {
        try
        {
            using var turn = await database.TakeTurnAsync();
            var stored = await SqliteDatabase.ReadAsync(() =>
            {
                using var transaction = turn.Connection.BeginTransaction(deferred: false);
                var held = together.ConvertAll(w => store(turn.Connection, transaction, w.Place, w.Checkpoint));
                transaction.Commit();
                return held;
            });
            for (var i = 0; i < together.Count; i++)
                together[i].SetResult(stored[i]);
        }
        catch (Exception e) when (e is not StoreUnavailableException && together.Count > 1)
        {
            // One that cannot be stored does not take the others with it.
            foreach (var waiting in together)
                await StoreAsync([waiting]);
        }
        catch (Exception e)
        {
            together.ForEach(w => w.SetException(e));
        }
    }

    private sealed class Waiting(string place, PlaceCheckpoint checkpoint)
        : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string Place => place;

        public PlaceCheckpoint Checkpoint => checkpoint;
    }
}
