using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using ClusterPulse.Silo.Sqlite;
using ClusterPulse.UnitTests.Reference;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>A real database file in a folder of its own, with one writer, over the real region tree.</summary>
internal sealed class SqliteWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clusterpulse-audit-").FullName;
    private readonly SqliteDatabase _database;
    private readonly LoadedReference _reference;
    private IFactWriter _writer = null!;

    private SqliteWorld(LoadedReference reference)
    {
        _reference = reference;
        _database = new(Options.Create(new SqliteOptions { Folder = _folder, CacheMebibytes = 16 }));
        Store = new(_database, TimeProvider.System);
        Tables = new(Store);
        Geography = new(reference.Data, id => Tables.Current.Estates.GetValueOrDefault(id)?.Region);
    }

    public SqliteFactStore Store { get; }

    public Geography Geography { get; }

    private SharedTablesSource Tables { get; }

    public static async Task<SqliteWorld> CreateAsync(LoadedReference reference)
    {
        var world = new SqliteWorld(reference);
        world._database.Migrate();
        await world.Store.StoreRegionsAsync(reference.Data.Regions);
        world._writer = await world.Store.OpenWriterAsync("test", default);
        return world;
    }

    /// <summary>A new writer takes over, as after a restart.</summary>
    public async Task RestartAsync()
    {
        await _writer.DisposeAsync();
        _writer = await Store.OpenWriterAsync("test", default);
    }

    public async Task CreateEstateAsync(string id, string region, Month from)
    {
        var counted = new CellDelta(Places.Region(region), new(Measure.Estates, "", from), 1);
        await CommitAsync(new EstateChange(new() { Id = id, Region = region, ValidFrom = from }) { Deltas = [counted] });
        await Tables.RefreshAsync();
    }

    /// <summary>Stores changes in one transaction; all of them must hold.</summary>
    public async Task CommitAsync(params IReadOnlyList<Change> changes)
    {
        var result = await _writer.CommitAsync(changes, applied => DeltaSummer.Sum(changes, applied, Geography), default);
        if (result.Applied.Contains(false))
            throw new InvalidOperationException("a change met a version that it did not expect");
    }

    /// <summary>What the gauges of a place show.</summary>
    public async Task<IReadOnlyList<PlaceFigure>> FiguresAsync(string place)
    {
        await Tables.RefreshAsync();
        var aggregator = new Aggregator(place, Store);
        await aggregator.LoadAsync();
        var formulas = new IndicatorFormulas(new(), _reference.Data);
        return [.. formulas.Newest(formulas.View(aggregator.Cells, Tables.Current.Rates, Tables.Current.Closed))];
    }

    /// <summary>Every row of every table, as text, by table.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Rows()
    {
        using var connection = _database.OpenReading();
        var tables = Read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
        return tables.ToDictionary(t => t, t => Read($"SELECT * FROM {t}"), StringComparer.Ordinal);

        IReadOnlyList<string> Read(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.GetValue(i) is byte[] blob ? Convert.ToHexString(blob) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }
            return rows;
        }
    }

    /// <summary>One place stores what it knows.</summary>
    public async Task CheckpointAsync(string place)
    {
        var aggregator = new Aggregator(place, Store);
        await aggregator.LoadAsync();
        if (!await aggregator.CheckpointThroughAsync(await Store.ReadPositionsAsync(default), _ => []))
            throw new InvalidOperationException($"{place} has a newer checkpoint");
    }

    /// <summary>Every place that was touched stores what it knows, and the log goes.</summary>
    public async Task CycleAsync()
    {
        var positions = await Store.ReadPositionsAsync(default);
        foreach (var place in await Store.FindTouchedAsync(positions, default))
            await CheckpointAsync(place);
        await Store.MoveFloorAsync(positions, default);
    }

    /// <summary>All cells are made anew from facts.</summary>
    public async Task RebuildAsync()
    {
        if (await new Rebuild(Store, Geography, Tables).RunAsync(null, 0, new Progress<double>(), default) is null)
            throw new InvalidOperationException("the log floor moved");
    }

    public async Task<AuditResult> AuditAsync(string? place = null, IProgress<double>? progress = null) =>
        (await AuditListedAsync(AuditScope.Of(place), progress)).Result;

    public Task<AuditListing> AuditListedAsync(AuditScope scope, IProgress<double>? progress = null) =>
        Store.AuditAsync(scope, new(new(), _reference.Data), progress, TestContext.Current.CancellationToken).AsTask();

    /// <summary>Changes the file behind the store's back.</summary>
    public int Tamper(string sql)
    {
        using var connection = _database.OpenReading();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
