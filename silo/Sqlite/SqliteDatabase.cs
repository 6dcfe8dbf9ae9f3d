using System.Reflection;
using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Opens connections to the embedded store, brings its schema up to date, and tells trouble that passes from bugs.</summary>
public sealed class SqliteDatabase : IDisposable
{
    /// <summary>Name of the database's file in its folder.</summary>
    internal const string FileName = "clusterpulse.db";

    private const int ScratchCacheKibibytes = 64 * 1024;

    /// <summary>Pages of the write-ahead log that are taken over into the file together: a page that changes again and again until then is
    /// written there once.</summary>
    private const int LogPages = 16_000;

    private const int LogBytes = 128 << 20;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    // The library has whoever comes second ask again every 150 ms: between commits that follow on each other he would never get in.
    private readonly SemaphoreSlim _turns = new(1, 1);

    private readonly SqliteOptions _options;
    private readonly string _path;
    private SqliteConnection? _writing;

    public SqliteDatabase(IOptions<SqliteOptions> options)
    {
        _options = options.Value;
        _path = Path.Combine(Path.GetFullPath(_options.Folder), FileName);
    }

    /// <summary>The database file.</summary>
    public string File => _path;

    /// <summary>Creates the folder and the file, and applies the schema versions that are missing.</summary>
    public void Migrate()
    {
        Guard(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var turn = TakeTurn();
            var connection = turn.Connection;
            var version = Convert.ToInt64(Scalar(connection, "PRAGMA user_version"), null);
            // A step may sort a whole table, for which there need not be memory.
            Run(connection, "PRAGMA temp_store = FILE");
            foreach (var (number, sql) in Schemas().Where(s => s.Number > version))
            {
                using var transaction = connection.BeginTransaction();
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = $"{sql}\nPRAGMA user_version = {number};";
                command.ExecuteNonQuery();
                transaction.Commit();
            }
            Run(connection, "PRAGMA temp_store = MEMORY");
            return true;
        });
    }

    /// <summary>Waits until no other transaction of this process writes, and gives the one connection that does: every commit is on the disk
    /// when it returns. With another connection each transaction would begin with an empty cache. Dispose the turn to let the next one in.</summary>
    /// <exception cref="StoreUnavailableException">Another one writes for too long.</exception>
    /// <exception cref="SqliteException">The store could not be opened.</exception>
    public WriteTurn TakeTurn() => _turns.Wait(LongestTurn) ? new(this) : throw TooLong();

    /// <inheritdoc cref="TakeTurn"/>
    public async ValueTask<WriteTurn> TakeTurnAsync() => await _turns.WaitAsync(LongestTurn) ? new(this) : throw TooLong();

    public void Dispose()
    {
        _writing?.Dispose();
        _turns.Dispose();
    }

    /// <summary>A connection that reads; dispose it to give it back.</summary>
    public SqliteConnection OpenReading() => Open(pooling: true);

    /// <summary>A connection that reads, with room for temporary tables; it is closed, and they go, when it is disposed.</summary>
    public SqliteConnection OpenScratch()
    {
        var connection = Open(pooling: false);
        Run(connection, $"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{ScratchCacheKibibytes};");
        return connection;
    }

    /// <summary>Runs on a thread of the pool, since the library's calls block, and maps the store's troubles.</summary>
    public static ValueTask<T> ReadAsync<T>(Func<T> read) => new(Task.Run(() => Guard(read)));

    /// <summary>Maps the store's troubles.</summary>
    /// <exception cref="StoreUnavailableException">It is locked, full, read-only or failing; trying again can help.</exception>
    public static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e) when (IsTransient(e))
        {
            throw new StoreUnavailableException($"the embedded store does not work now: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"the embedded store's folder does not work now: {e.Message}", e);
        }
    }

    private SqliteConnection OpenWriting()
    {
        var connection = Open(pooling: false);
        Run(connection, $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = {LogPages};
            PRAGMA journal_size_limit = {LogBytes};
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -{_options.CacheMebibytes * 1024};
            """);
        return connection;
    }

    private SqliteConnection Open(bool pooling)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = pooling,
            DefaultTimeout = _options.BusySeconds,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Whether the disk, the path or another one is what is wrong, and neither the statement nor the database.</summary>
    internal static bool IsTransient(SqliteException e) => e.SqliteErrorCode is
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR
        or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_NOMEM or SQLitePCL.raw.SQLITE_INTERRUPT;

    private static IEnumerable<(int Number, string Sql)> Schemas()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string Folder = ".Sqlite.Schema.";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var file = name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(file.AsSpan(0, 3), null), reader.ReadToEnd());
        }
    }

    private static StoreUnavailableException TooLong() =>
        new($"the embedded store does not work now: a transaction has been writing for {LongestTurn.TotalSeconds:F0} s");

    /// <summary>First value that a statement gives.</summary>
    internal static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The right to write, until it is disposed.</summary>
    public sealed class WriteTurn(SqliteDatabase database) : IDisposable
    {
        private bool _ended;

        /// <summary>The connection that writes.</summary>
        public SqliteConnection Connection => database._writing ??= database.OpenWriting();

        /// <summary>Opens the connection again, in case it is what is broken.</summary>
        public void Renew()
        {
            database._writing?.Dispose();
            database._writing = null;
        }

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _ended, true))
                database._turns.Release();
        }
    }
}
