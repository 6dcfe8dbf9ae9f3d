using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Messaging;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>Orleans' own provider over our tables and statements.</summary>
[Collection(PostgresCollection.Name)]
public sealed partial class MembershipContractTests(SharedPostgres postgres) : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private string _connectionString = "";
    private IHost _host = null!;
    private IMembershipTable _table = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        _host = Open(_connectionString);
        _table = _host.Services.GetRequiredService<IMembershipTable>();
        await _table.InitializeMembershipTableAsync(true);
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_empty_table_has_a_version_and_making_it_again_changes_nothing()
    {
        await _table.InitializeMembershipTableAsync(true);

        var all = await _table.ReadAllAsync();

        Assert.Empty(all.Members);
        Assert.Equal(0, all.Version.Version);
    }

    [Fact]
    public async Task A_member_is_inserted_once()
    {
        var entry = Entry(1);
        Assert.True(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));

        Assert.False(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));

        var all = await _table.ReadAllAsync();
        var member = Assert.Single(all.Members).Item1;
        Assert.Equal(entry.SiloAddress, member.SiloAddress);
        Assert.Equal((entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort), (member.SiloName, member.HostName, member.Status, member.ProxyPort));
        Assert.Equal((entry.StartTime, entry.IAmAliveTime), (member.StartTime, member.IAmAliveTime));
        Assert.Equal(1, all.Version.Version);
    }

    [Fact]
    public async Task A_stale_version_changes_nothing()
    {
        var stale = (await _table.ReadAllAsync()).Version;
        Assert.True(await _table.InsertRowAsync(Entry(1), stale.Next()));

        Assert.False(await _table.InsertRowAsync(Entry(2), stale.Next()));
        Assert.False(await UpdateAsync(Entry(1, SiloStatus.Dead), stale.Next()));

        var all = await _table.ReadAllAsync();
        Assert.Equal(1, all.Version.Version);
        Assert.Equal(SiloStatus.Active, Assert.Single(all.Members).Item1.Status);
    }

    [Fact]
    public async Task A_member_that_is_not_there_cannot_be_updated()
    {
        Assert.False(await UpdateAsync(Entry(7, SiloStatus.Dead), (await _table.ReadAllAsync()).Version.Next()));

        Assert.Equal(0, (await _table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task Of_changes_that_race_one_wins_for_each_version()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));
        var version = (await _table.ReadAllAsync()).Version;

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => i % 2 == 0
            ? _table.InsertRowAsync(Entry(10 + i), version.Next())
            : UpdateAsync(Entry(1, SiloStatus.ShuttingDown), version.Next()))));

        Assert.Single(results, won => won);
        Assert.Equal(version.Version + 1, (await _table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task A_heartbeat_touches_neither_the_version_nor_anything_else()
    {
        var entry = Entry(1);
        Assert.True(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));
        var beat = Entry(1, SiloStatus.Dead);
        beat.IAmAliveTime = Now.AddMinutes(5);

        await _table.UpdateIAmAliveAsync(beat);

        var row = await _table.ReadRowAsync(entry.SiloAddress);
        Assert.Equal(1, row.Version.Version);
        Assert.Equal(SiloStatus.Active, row.Members[0].Item1.Status);
        Assert.Equal(Now.AddMinutes(5), row.Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task The_row_of_a_silo_that_is_not_there_still_has_the_version()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));

        var row = await _table.ReadRowAsync(Entry(2).SiloAddress);

        Assert.Empty(row.Members);
        Assert.Equal(1, row.Version.Version);
    }

    [Fact]
    public async Task Suspicions_are_kept()
    {
        var entry = Entry(1);
        Assert.True(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));
        entry.AddSuspector(Entry(2).SiloAddress, Now);

        Assert.True(await UpdateAsync(entry, (await _table.ReadAllAsync()).Version.Next()));

        var suspicion = Assert.Single((await _table.ReadRowAsync(entry.SiloAddress)).Members[0].Item1.SuspectTimes!);
        Assert.Equal((Entry(2).SiloAddress, Now), (suspicion.Item1, suspicion.Item2));
    }

    [Fact]
    public async Task Only_silos_that_are_long_dead_are_cleaned_up()
    {
        foreach (var entry in (MembershipEntry[])[Entry(1), Entry(2, SiloStatus.Dead), Entry(3, SiloStatus.Dead, Now.AddDays(2))])
            Assert.True(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));

        await _table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1));

        Assert.Equal([1, 3], (await _table.ReadAllAsync()).Members.Select(m => m.Item1.SiloAddress.Generation).Order());
    }

    [Fact]
    public async Task Deleting_a_cluster_leaves_nothing()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));

        await _table.DeleteMembershipTableEntriesAsync("c");
        await _table.InitializeMembershipTableAsync(true);

        Assert.Empty((await _table.ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Gateways_are_active_silos_that_have_a_port_for_them()
    {
        var closed = Entry(2);
        closed.ProxyPort = 0;
        foreach (var entry in (MembershipEntry[])[Entry(1), closed, Entry(3, SiloStatus.Dead)])
            Assert.True(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("c", "s"));
            client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", _connectionString));
        });
        using var host = builder.Build();
        var gateways = host.Services.GetRequiredService<IGatewayListProvider>();
        await gateways.InitializeGatewayListProvider();

        var found = await gateways.GetGateways();

        Assert.Equal(30_001, Assert.Single(found).Port);
    }

    /// <summary>The provider as a silo has it, without the silo.</summary>
    private static IHost Open(string connectionString, string cluster = "c")
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, "s"));
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connectionString));
        });
        return builder.Build();
    }

    /// <summary>The provider takes the row's etag to be the table's.</summary>
    private Task<bool> UpdateAsync(MembershipEntry entry, TableVersion next) => _table.UpdateRowAsync(entry, next.VersionEtag, next);

    private static MembershipEntry Entry(int generation, SiloStatus status = SiloStatus.Active, DateTime? alive = null) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 11_111, generation),
        SiloName = $"silo-{generation}",
        HostName = "host",
        Status = status,
        ProxyPort = 30_000 + generation,
        StartTime = Now,
        IAmAliveTime = alive ?? Now,
    };
}
