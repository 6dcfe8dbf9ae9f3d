using System.Net.Sockets;
using ClusterPulse.Facts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Opens connections to the shared store, and tells trouble that passes from bugs.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _reading;
    private readonly NpgsqlDataSource _writing;
    private readonly NpgsqlDataSource _lasting;

    public PostgresDatabase(IOptions<PostgresOptions> options)
    {
        Options = options.Value;
        var given = new NpgsqlConnectionStringBuilder(Options.ConnectionString)
        {
            Timeout = 3,
            CancellationTimeout = 500,
            KeepAlive = 5,
            ApplicationName = "clusterpulse",
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
        };
        _reading = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given.ToString())
        {
            MaxPoolSize = Options.Readers,
            CommandTimeout = 10,
        });
        // A backend whose client has vanished behind a cut network must not hold its locks for ever, and above all not the row
        // of its writer, which whoever fences it waits for.
        _writing = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given.ToString())
        {
            Pooling = false,
            CommandTimeout = Options.StatementSeconds,
            Options = $"-c idle_in_transaction_session_timeout={Options.CommitSeconds}s -c lock_timeout={Options.StatementSeconds}s "
                + $"-c statement_timeout={Options.CommitSeconds}s -c synchronous_commit=on",
        });
        _lasting = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given.ToString()) { MaxPoolSize = 4, CommandTimeout = 0 });
    }

    public PostgresOptions Options { get; }

    /// <summary>A pooled connection that reads, or writes what is not a commit of facts.</summary>
    public ValueTask<NpgsqlConnection> OpenReadingAsync(CancellationToken cancellation) => _reading.OpenConnectionAsync(cancellation);

    /// <summary>A connection of its own for a writer.</summary>
    public ValueTask<NpgsqlConnection> OpenWritingAsync(CancellationToken cancellation) => _writing.OpenConnectionAsync(cancellation);

    /// <summary>A connection whose statements may take minutes: migrations, rebuilds, audits.</summary>
    public ValueTask<NpgsqlConnection> OpenLastingAsync(CancellationToken cancellation) => _lasting.OpenConnectionAsync(cancellation);

    /// <summary>Runs, and maps the store's troubles.</summary>
    /// <exception cref="StoreUnavailableException">It is away, full, restarting or too slow; trying again can help.</exception>
    public static async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (IsTransient(e))
        {
            throw new StoreUnavailableException($"the store does not answer now: {e.Message}", e);
        }
    }

    /// <summary>Whether the same again can succeed.</summary>
    public static bool IsTransient(Exception e) => e switch
    {
        // Connection, resources, operator's intervention, system, rollback, lock not available, read-only: classes 08 53 57 58 40 55 25.
        PostgresException p => p.SqlState[..2] is "08" or "53" or "57" or "58" or "40" || p.SqlState is "55P03" or "25006",
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>The database undid the transaction to let another through, or another has just created the same submission: the same again, at
    /// once.</summary>
    public static bool IsConflict(Exception e) => e is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    }
    or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "submission" };

    public async ValueTask DisposeAsync()
    {
        await _reading.DisposeAsync();
        await _writing.DisposeAsync();
        await _lasting.DisposeAsync();
    }
}
