using System.Globalization;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>One server for tests that do it no harm; each has databases of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<SharedPostgres>
{
    public const string Name = "PostgreSQL";
}

/// <summary>See <see cref="PostgresCollection"/>.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private int _databases;

    internal PostgresServer Server => _server;

    /// <summary>A database with the schema in it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        var connectionString = await _server.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"test{number}"));
        await using var database = new PostgresDatabase(Options.Create(new PostgresOptions { ConnectionString = connectionString }));
        await new PostgresSchema(database, NullLogger<PostgresSchema>.Instance).MigrateAsync(default);
        return connectionString;
    }

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
