using System.Data;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Npgsql;
using Polly;
using Polly.Retry;

namespace ClusterPulse.Silo.Postgres;

/// <summary>One connection that commits. It is opened anew after any failure, so that nothing of a failed transaction is left.</summary>
internal sealed class PostgresWriter(PostgresDatabase database, FactYears years, int id) : IFactWriter
{
    /// <summary>The database undoes one of two transactions that wait for each other: it is repeated, others are not troubled.</summary>
    private static readonly ResiliencePipeline Repeat = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(PostgresDatabase.IsConflict),
        MaxRetryAttempts = 5,
        Delay = TimeSpan.FromMilliseconds(5),
        UseJitter = true,
    }).Build();

    private readonly TimeSpan _longest = TimeSpan.FromSeconds(database.Options.CommitSeconds);
    private NpgsqlConnection? _connection;

    public int Id => id;

    public bool Blocks => false;

    public async ValueTask<CommitResult> CommitAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<bool>, IReadOnlyDictionary<string, CellSums>> sum,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(_longest);
        var committing = false;
        try
        {
            await years.EnsureAsync(changes, deadline.Token);
            return await Repeat.ExecuteAsync(async token =>
            {
                var connection = await ConnectAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                var commit = new Commit(connection, id, changes);
                var sequence = await commit.DecideAsync(token);
                var sums = sum(commit.Applied);
                CellLevels.Limit(sums, commit.CellLevel);
                await commit.WriteAsync(sequence, sums, token);
                committing = true;
                await transaction.CommitAsync(token);
                return new CommitResult(sequence, commit.Applied, sums);
            }, deadline.Token);
        }
        catch (Exception e) when (PostgresDatabase.IsTransient(e) || e is OperationCanceledException || HasLostConnection(e))
        {
            await DropAsync();
            // Before COMMIT nothing can be stored. A COMMIT whose answer was lost may have been.
            throw new StoreUnavailableException($"the store does not take commits now: {e.Message}", e) { OutcomeUnknown = committing };
        }
        catch
        {
            await DropAsync();
            throw;
        }
    }

    public async ValueTask<long> ReadSequenceAsync(CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(_longest);
        try
        {
            // A connection of its own, since the old one is what is broken. The row's lock belongs to the orphaned backend until it
            // has committed or rolled back.
            await using var connection = await database.OpenWritingAsync(deadline.Token);
            var found = await connection.ListAsync("SELECT seq FROM writer WHERE id = $1 FOR UPDATE", r => r.GetInt64(0), deadline.Token, id);
            return found[0];
        }
        catch (Exception e) when (PostgresDatabase.IsTransient(e) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new StoreUnavailableException($"the store does not answer now: {e.Message}", e) { OutcomeUnknown = true };
        }
    }

    public ValueTask DisposeAsync() => new(DropAsync());

    /// <summary>The connection of the last commit, unless it broke while it was idle.</summary>
    private async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        if (_connection is { FullState: not ConnectionState.Open })
            await DropAsync();
        return _connection ??= await database.OpenWritingAsync(cancellation);
    }

    /// <summary>A connection that breaks between two calls is reported as a misuse of it.</summary>
    private bool HasLostConnection(Exception e) =>
        e is InvalidOperationException && _connection is { FullState: not ConnectionState.Open };

    private async Task DropAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
