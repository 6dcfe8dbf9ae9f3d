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

    [Fact]
    public async Task Of_two_writers_that_create_a_submission_at_the_same_time_one_does()
    {
        await using var other = await Store.OpenWriterAsync("127.0.0.1:11112@1", Cancellation);
        for (var round = 0; round < 50; round++)
        {
            var answer = new ReceiptChange("3205", $"w{round}", Whole);
            var applied = await Task.WhenAll(CreateAsync(Writer, $"org-a{round}"), CreateAsync(other, $"org-b{round}"));

            Assert.Single(applied, true);
            Assert.Equal(applied.AsEnumerable(), [await VersionAsync($"org-a{round}") == 1, await VersionAsync($"org-b{round}") == 1]);

            async Task<bool> CreateAsync(IFactWriter writer, string enterprise)
            {
                EnterpriseChange[] changes = [Registered(enterprise).ToChange() with { Answer = answer }];
                return (await writer.CommitAsync(changes, Sum(changes), Cancellation)).Applied[0];
            }
        }
    }
}
