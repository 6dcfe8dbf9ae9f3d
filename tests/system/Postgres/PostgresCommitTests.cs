using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.UnitTests.Aggregation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>What only a store with many writers, at the other end of a network, can do wrong.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresCommitTests(SharedPostgres postgres) : IAsyncLifetime
{
    private static readonly TwoLocalities Geography = new();
    private static readonly Month January = new(2004, 1);

    private string _connectionString = "";
    private PostgresDatabase _database = null!;
    private PostgresFactStore _store = null!;
    private TcpProxy _proxy = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        _database = Database(_connectionString);
        _store = new(_database);
        _proxy = new(postgres.Server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        _proxy.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_acknowledged_change_is_stored_though_the_answer_to_its_commit_was_lost()
    {
        await using var database = ThroughProxy();
        await using var committer = await StartAsync(new PostgresFactStore(database));
        await committer.CommitAsync(Registered("org-1"));
        // The database commits at once, its answer never comes, and the connection is cut after ten seconds.
        _proxy.HoldNextCommit(TimeSpan.FromSeconds(10));

        var ticket = await committer.CommitAsync(Registered("org-2"));

        Assert.Equal(1, _proxy.Held);
        Assert.True(ticket.Applied);
        Assert.Equal(1, (await _store.LoadEnterprisesAsync(["org-2"], Cancellation))["org-2"].Version);
        // The writer goes on with the next number.
        var next = await committer.CommitAsync(Registered("org-3"));
        Assert.Equal((ticket.Writer, ticket.Sequence + 1), (next.Writer, next.Sequence));
    }

    [Fact]
    public async Task A_change_whose_commit_never_arrived_is_refused_and_can_be_made_again()
    {
        await using var database = ThroughProxy();
        await using var committer = await StartAsync(new PostgresFactStore(database));
        await committer.CommitAsync(Registered("org-1"));
        _proxy.DropNextCommit();

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await committer.CommitAsync(Registered("org-2")));

        Assert.Equal(1, _proxy.Held);
        Assert.True(error.OutcomeUnknown);
        Assert.Empty(await _store.LoadEnterprisesAsync(["org-2"], Cancellation));
        Assert.True((await committer.CommitAsync(Registered("org-2"))).Applied);
    }

    [Fact]
    public async Task A_connection_that_broke_while_it_was_idle_is_opened_anew()
    {
        await using var writer = await _store.OpenWriterAsync("s", Cancellation);
        await CommitAsync(writer, [Registered("org-1")]);
        var database = new NpgsqlConnectionStringBuilder(_connectionString).Database!;
        await postgres.Server.ScalarAsync(
            database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        // The library asks every five seconds whether it is still there.
        await Task.Delay(TimeSpan.FromSeconds(7), Cancellation);

        Assert.Equal([true], await CommitAsync(writer, [Registered("org-2")]));
    }

    [Fact]
    public async Task Of_writers_that_race_for_one_version_exactly_one_wins_and_nobody_waits_in_a_circle()
    {
        const int Enterprises = 40;
        var ids = Enumerable.Range(0, Enterprises).Select(i => $"org-{i:D2}").ToArray();
        var writers = new List<IFactWriter>();
        for (var i = 0; i < 6; i++)
            writers.Add(await _store.OpenWriterAsync("s", Cancellation));
        await CommitAsync(writers[0], [.. ids.Select(Registered)]);
        for (var round = 1; round <= 15; round++)
        {
            var states = await _store.LoadEnterprisesAsync(ids, Cancellation);
            // Each writer has all of them, in an order of its own, and each buys from another: locks in all directions.
            var applied = await Task.WhenAll(writers.Select((writer, w) => Task.Run(async () =>
            {
                var random = new Random((round * 100) + w);
                var mine = ids.OrderBy(_ => random.Next()).Take(Enterprises / 2).ToArray();
                return (mine, await CommitAsync(writer, [.. mine.Select(id => Bought(states[id], ids[random.Next(Enterprises)], round))]));
            })));
            var wins = applied.SelectMany(a => a.mine.Where((_, i) => a.Item2[i])).ToList();
            Assert.Equal(wins.Count, wins.Distinct().Count());
            Assert.Equal(applied.SelectMany(a => a.mine).Distinct().Count(), wins.Count);
            var after = await _store.LoadEnterprisesAsync(ids, Cancellation);
            Assert.All(ids, id => Assert.Equal(states[id].Version + (wins.Contains(id) ? 1 : 0), after[id].Version));
        }
        foreach (var writer in writers)
            await writer.DisposeAsync();
    }

    [Fact]
    public async Task Registering_a_supplier_waits_for_lines_that_were_judged_without_it()
    {
        await using var one = await _store.OpenWriterAsync("s", Cancellation);
        await CommitAsync(one, [Registered("org-1")]);
        var buyer = (await _store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"];
        await using var slow = new NpgsqlConnection(_connectionString);
        await slow.OpenAsync(Cancellation);
        await using var transaction = await slow.BeginTransactionAsync(Cancellation);
        // A commit under way that has judged a line by a supplier nobody has registered.
        await using (var insert = new NpgsqlCommand("INSERT INTO enterprise VALUES ('org-9', 0, 0); SELECT * FROM lock_enterprises('{org-9}', '{f}')", slow))
            await insert.ExecuteNonQueryAsync(Cancellation);
        var registering = Task.Run(async () => await CommitAsync(one, [Registered("org-9")]), Cancellation);
        await Task.Delay(500, Cancellation);
        Assert.False(registering.IsCompleted);

        await transaction.CommitAsync(Cancellation);

        Assert.Equal([true], await registering);
        Assert.Equal([false], await CommitAsync(one, [Bought(buyer, "org-9", 1, judged: 0)]));
    }

    [Fact]
    public async Task Fencing_waits_for_the_commit_under_way_and_knows_its_number()
    {
        await using var writer = await _store.OpenWriterAsync("s", Cancellation);
        await using var slow = new NpgsqlConnection(_connectionString);
        await slow.OpenAsync(Cancellation);
        await using var transaction = await slow.BeginTransactionAsync(Cancellation);
        await using (var number = new NpgsqlCommand($"UPDATE writer SET seq = seq + 1 WHERE id = {writer.Id}", slow))
            await number.ExecuteNonQueryAsync(Cancellation);
        var fencing = _store.FenceWriterAsync(writer.Id, Cancellation).AsTask();
        await Task.Delay(500, Cancellation);
        Assert.False(fencing.IsCompleted);

        await transaction.CommitAsync(Cancellation);

        Assert.Equal(1, await fencing);
        await Assert.ThrowsAsync<WriterFencedException>(async () => await CommitAsync(writer, [Registered("org-1")]));
    }

    [Fact]
    public async Task Silos_that_start_at_once_make_the_schema_once()
    {
        var empty = await postgres.Server.CreateDatabaseAsync("empty");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var database = Database(empty);
            await new PostgresSchema(database, NullLogger<PostgresSchema>.Instance).MigrateAsync(Cancellation);
        }));

        Assert.Equal((long)PostgresSchema.Newest, await postgres.Server.ScalarAsync("empty", "SELECT count(*) FROM schema_version"));
    }

    [Fact]
    public async Task A_statistician_reads_everything_and_changes_nothing()
    {
        await using var writer = await _store.OpenWriterAsync("s", Cancellation);
        await CommitAsync(writer, [Registered("org-1")]);
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(Cancellation);
        await ExecuteAsync("SET ROLE clusterpulse_reader");

        Assert.Equal(1L, await ExecuteAsync("SELECT count(*) FROM enterprise_profile"));
        // Partitions of years that were added later too.
        await ExecuteAsync("RESET ROLE");
        await ExecuteAsync("SELECT add_fact_year(2031)");
        await ExecuteAsync("SET ROLE clusterpulse_reader");
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM report_2031"));
        foreach (var statement in (string[])["DELETE FROM enterprise", "UPDATE cell SET amount = 0", "INSERT INTO log_floor VALUES (1, 1)", "CREATE TABLE t (a int)"])
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(statement))).SqlState);

        async Task<object?> ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Every_table_and_what_is_not_plain_about_it_is_explained()
    {
        var silent = await postgres.Server.ScalarAsync(
            new NpgsqlConnectionStringBuilder(_connectionString).Database!,
            """
            SELECT string_agg(c.relname, ', ') FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND obj_description(c.oid) IS NULL
            """);

        Assert.Equal(DBNull.Value, silent);
    }

    private PostgresDatabase ThroughProxy() => Database(new NpgsqlConnectionStringBuilder(_connectionString) { Host = "127.0.0.1", Port = _proxy.Port }.ToString());

    private static PostgresDatabase Database(string connectionString) => new(Options.Create(new PostgresOptions { ConnectionString = connectionString, Writers = 1 }));

    private static async Task<Committer> StartAsync(PostgresFactStore store)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new PulseMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var combiner = new Combiner(new NoPlaces(), metrics, TimeProvider.System, NullLogger<Combiner>.Instance);
        var committer = new Committer(
            store, combiner, Geography, new Lifeline(TimeProvider.System), Options.Create(new CommitterOptions()), metrics, TimeProvider.System,
            NullLogger<Committer>.Instance);
        await committer.StartAsync("s", Cancellation);
        return committer;
    }

    private static async Task<IReadOnlyList<bool>> CommitAsync(IFactWriter writer, params IReadOnlyList<Change> changes) =>
        (await writer.CommitAsync(changes, applied => DeltaSummer.Sum(changes, applied, Geography), Cancellation)).Applied;

    private static EnterpriseChange Registered(string id)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), Geography);
        draft.Register(new() { ValidFrom = January, Region = "0101", Industry = "391", Ownership = Ownership.Foreign });
        return draft.ToChange();
    }

    private static EnterpriseChange Bought(EnterpriseState buyer, string supplier, int revision, long judged = 1)
    {
        var draft = new EnterpriseDraft(buyer, Geography);
        var content = Rows.Purchases(0, buyer.Id, "2004-01", (supplier, revision)).Content;
        content = content with { Lines = [content.Lines[0] with { Supplier = content.Lines[0].Supplier! with { Judgement = new() { ProfileVersion = judged } } }] };
        draft.Judged(supplier, judged);
        draft.Write(new(new(Feed.Linkage, January), new() { Revision = revision, Content = content, Origin = new("3205", "s", 0), ContentHash = 1 }));
        return draft.ToChange();
    }

    /// <summary>What the places know is not what these tests are about.</summary>
    private sealed class NoPlaces : IPlaceChannel
    {
        public Task<long> SendAsync(string place, DeltaMessage message) => Task.FromResult(message.Upto);
    }
}
