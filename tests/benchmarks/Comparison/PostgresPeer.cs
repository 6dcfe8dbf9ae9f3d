using System.Globalization;
using System.Threading.Channels;
using ClusterPulse.Reference;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Region = ClusterPulse.Reference.Region;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>What a user would build instead: upserts of many rows a statement into PostgreSQL, with triggers that keep history and sums
/// per place (<c>PostgresPeer.sql</c>), or without any, as the floor.</summary>
/// <param name="keepsSums">With the triggers.</param>
internal sealed class PostgresPeer(bool keepsSums) : ISubject
{
    private const int BatchRows = 2_000;
    private const int Connections = 16;
    private const NpgsqlDbType Int32s = NpgsqlDbType.Array | NpgsqlDbType.Integer;
    private const NpgsqlDbType Int64s = NpgsqlDbType.Array | NpgsqlDbType.Bigint;

    /// <summary>Sorted by key, so that two writers never wait for each other in a circle.</summary>
    private const string Upsert = """
        INSERT INTO report (period, enterprise, feed, amount, supplier, revision)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS r (period, enterprise, feed, amount, supplier, revision) ORDER BY 1, 2, 3
        ON CONFLICT (period, enterprise, feed) DO UPDATE SET amount = excluded.amount, supplier = excluded.supplier, revision = excluded.revision
        WHERE report.revision < excluded.revision
        """;

    private readonly Channel<NpgsqlConnection> _idle = Channel.CreateUnbounded<NpgsqlConnection>();
    private PostgresServer _server = null!;
    private string _database = "";
    private World _world = null!;
    private int _revision;

    public string Name => keepsSums ? "PostgreSQL, triggers keep the sums" : "PostgreSQL, bare upserts";

    public async Task StartAsync(World world)
    {
        _world = world;
        _server = await PostgresServer.StartAsync();
        _database = await _server.CreateDatabaseAsync("bench");
        for (var i = 0; i < Connections; i++)
            Return(await OpenAsync());
        var connection = await TakeAsync();
        await using (var script = typeof(PostgresPeer).Assembly.GetManifestResourceStream("PostgresPeer.sql")!)
        {
            using var text = new StreamReader(script);
            var parts = (await text.ReadToEndAsync()).Split("-- Triggers.", StringSplitOptions.TrimEntries);
            await using var create = new NpgsqlCommand(keepsSums ? parts[0] + parts[1] : parts[0], connection);
            await create.ExecuteNonQueryAsync();
        }
        var places = Places(world);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY place_of (county, estate, place) FROM STDIN (FORMAT binary)"))
        {
            foreach (var (county, estate, place) in places)
                await copy.WriteRowAsync(default, county, estate, place);
            await copy.CompleteAsync();
        }
        await using (var copy = await connection.BeginBinaryImportAsync("COPY enterprise (id, name, county, estate, division, source) FROM STDIN (FORMAT binary)"))
        {
            for (var e = 0; e < world.Enterprises; e++)
            {
                await copy.WriteRowAsync(
                    default, e, World.Name(e), Code(world.County(e)), world.Estate(e) is { } estate ? EstateNumber(estate) : 0,
                    int.Parse(world.Division(e), CultureInfo.InvariantCulture), World.Source(e));
            }
            await copy.CompleteAsync();
        }
        await using var analyze = new NpgsqlCommand("ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync();
        Return(connection);
    }

    public Task SettleAsync() => _server.ExecuteAsync("bench", "CHECKPOINT");

    public Task ScrapeAsync() => Task.CompletedTask;

    public async Task IngestAsync(string label, IEnumerable<Fact> facts)
    {
        var connection = await TakeAsync();
        var row = 0L;
        foreach (var batch in facts.Chunk(BatchRows))
        {
            await StoreAsync(connection, label, row, batch);
            row += batch.Length;
        }
        Return(connection);
    }

    public async Task IngestOneAsync(string label, Fact fact)
    {
        var connection = await TakeAsync();
        await StoreAsync(connection, label, 0, [fact]);
        Return(connection);
    }

    public ProcessUse Use() => ProcessUse.OfTree(_server.ProcessId);

    public async ValueTask DisposeAsync()
    {
        while (_idle.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task StoreAsync(NpgsqlConnection connection, string label, long row, Fact[] batch)
    {
        var revision = Interlocked.Increment(ref _revision);
        await using var work = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Upsert)
                {
                    Parameters =
                    {
                        Values(Array.ConvertAll(batch, f => f.Month), Int32s),
                        Values(Array.ConvertAll(batch, f => f.Enterprise), Int32s),
                        Values(Array.ConvertAll(batch, f => (int)f.Feed), Int32s),
                        Values(Array.ConvertAll(batch, f => f.Amount), Int64s),
                        Values(Array.ConvertAll(batch, f => f.Feed == Feed.Linkage ? _world.Supplier(f.Enterprise) : -1), Int32s),
                        Values(Array.ConvertAll(batch, _ => revision), Int32s),
                    },
                },
                new("INSERT INTO receipt (submission, first_row, row_count) VALUES ($1, $2, $3)")
                {
                    Parameters = { new() { Value = label }, new() { Value = row }, new() { Value = batch.Length } },
                },
            },
        };
        await work.ExecuteNonQueryAsync();

        static NpgsqlParameter Values<T>(T[] values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = type };
    }

    /// <summary>The places that an enterprise of a county and an estate (0: of none) counts in, by number.</summary>
    private static IEnumerable<(int County, int Estate, int Place)> Places(World world)
    {
        var ofCounty = world.Estates.ToDictionary(e => e.County, EstateNumber);
        foreach (var county in world.Counties)
        {
            foreach (var estate in ofCounty.TryGetValue(county.Code, out var there) ? [0, there] : new[] { 0 })
            {
                foreach (var region in county.Path)
                    yield return (Code(county), estate, Code(region));
                if (estate > 0)
                    yield return (Code(county), estate, estate);
            }
        }
    }

    private static int Code(Region region) => region.Level == RegionLevel.Nation ? 0 : int.Parse(region.Code, CultureInfo.InvariantCulture);

    private static int EstateNumber(EstateOf estate) => 10_000_000 + int.Parse(estate.County, CultureInfo.InvariantCulture);

    private ValueTask<NpgsqlConnection> TakeAsync() => _idle.Reader.ReadAsync();

    private void Return(NpgsqlConnection connection) => _idle.Writer.TryWrite(connection);

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database) { Pooling = false, MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
