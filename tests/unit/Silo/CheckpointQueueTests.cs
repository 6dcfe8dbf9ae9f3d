using ClusterPulse.Aggregation;
using ClusterPulse.Silo.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>Checkpoints that come at the same time: each is stored once and each is told its own outcome.</summary>
public sealed class CheckpointQueueTests : IDisposable
{
    private const int Places = 100;
    private readonly string _folder = Directory.CreateTempSubdirectory("clusterpulse-checkpoints-").FullName;
    private readonly SqliteDatabase _database;
    private readonly SqliteFactStore _store;

    public CheckpointQueueTests()
    {
        _database = new(Options.Create(new SqliteOptions { Folder = _folder, CacheMebibytes = 16 }));
        _store = new(_database, TimeProvider.System);
        _database.Migrate();
    }

    public void Dispose()
    {
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Each_is_stored_and_one_whose_version_is_gone_is_told_so()
    {
        await StoreAsync("regions/0", expected: 0);

        var stored = await Task.WhenAll(Enumerable.Range(0, Places).Select(i => Task.Run(() => StoreAsync($"regions/{i}", expected: 0))));

        Assert.False(stored[0]);
        Assert.All(stored.Skip(1), Assert.True);
        for (var i = 0; i < Places; i++)
        {
            var image = await _store.LoadAsync($"regions/{i}", TestContext.Current.CancellationToken);
            Assert.Equal((1, 1), (image.Version, image.Cells.Count));
        }
    }

    [Fact]
    public async Task One_that_cannot_be_stored_does_not_take_the_others_with_it()
    {
        // While another writes, all of them come to wait.
        Task<bool>[] waiting;
        using (await _database.TakeTurnAsync())
        {
            var first = StoreAsync("regions/first", expected: 0);
            waiting = [first, .. Enumerable.Range(0, Places).Select(i => StoreAsync($"regions/{i}", expected: 0)), StoreAsync(null!, expected: 0)];
        }

        await Assert.ThrowsAnyAsync<SqliteException>(() => waiting[^1]);
        Assert.All(await Task.WhenAll(waiting[..^1]), Assert.True);
    }

    private Task<bool> StoreAsync(string place, long expected)
    {
        KeyValuePair<CellKey, long>[] cells = [new(new(Measure.Active, "private", new(2004, 1)), 1)];
        return _store.TryCheckpointAsync(place, new(expected, cells, new(), []), TestContext.Current.CancellationToken).AsTask();
    }
}
