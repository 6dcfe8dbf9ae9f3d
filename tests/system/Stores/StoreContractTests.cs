using ClusterPulse.Facts;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.Silo.Sqlite;
using ClusterPulse.SystemTests.Postgres;
using ClusterPulse.SystemTests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.SystemTests.Stores;

/// <summary>The contract over a SQLite file.</summary>
public sealed class SqliteContractTests : FactStoreContract
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase _database = null!;

    private protected override Task<IFactStore> OpenAsync()
    {
        _database = new(Options.Create(new SqliteOptions { Folder = _folder.Path, CacheMebibytes = 16 }));
        _database.Migrate();
        return Task.FromResult<IFactStore>(new SqliteFactStore(_database, TimeProvider.System));
    }

    private protected override Task CloseAsync()
    {
        SqliteConnection.ClearAllPools();
        _database.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The contract over a real PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresContractTests(SharedPostgres postgres) : FactStoreContract
{
    private PostgresDatabase _database = null!;

    private protected override async Task<IFactStore> OpenAsync()
    {
        _database = new(Options.Create(new PostgresOptions { ConnectionString = await postgres.CreateDatabaseAsync() }));
        return new PostgresFactStore(_database);
    }

    private protected override async Task CloseAsync() => await _database.DisposeAsync();
}
