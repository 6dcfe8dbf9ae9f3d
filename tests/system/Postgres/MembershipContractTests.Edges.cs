using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>What a single healthy cluster seldom shows.</summary>
public sealed partial class MembershipContractTests
{
    [Fact]
    public async Task What_was_read_before_another_change_cannot_be_written()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));
        var read = await _table.ReadRowAsync(Entry(1).SiloAddress);
        Assert.True(await _table.InsertRowAsync(Entry(2), read.Version.Next()));

        var (entry, etag) = read.Members[0];
        entry.Status = SiloStatus.Dead;
        Assert.False(await _table.UpdateRowAsync(entry, etag, read.Version.Next()));

        var all = await _table.ReadAllAsync();
        Assert.Equal(2, all.Version.Version);
        Assert.All(all.Members, m => Assert.Equal(SiloStatus.Active, m.Item1.Status));
    }

    [Fact]
    public async Task A_silo_that_was_voted_dead_is_cleaned_up_when_the_votes_are_old_too()
    {
        foreach (var (generation, vote) in ((int, DateTime)[])[(1, Now), (2, Now.AddDays(2))])
        {
            var entry = Entry(generation, SiloStatus.Dead);
            Assert.True(await _table.InsertRowAsync(entry, (await _table.ReadAllAsync()).Version.Next()));
            entry.AddSuspector(Entry(9).SiloAddress, vote);
            Assert.True(await UpdateAsync(entry, (await _table.ReadAllAsync()).Version.Next()));
        }

        await _table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1));

        Assert.Equal([2], (await _table.ReadAllAsync()).Members.Select(m => m.Item1.SiloAddress.Generation));
    }

    [Fact]
    public async Task Cleaning_up_is_no_change_of_membership()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1, SiloStatus.Dead), (await _table.ReadAllAsync()).Version.Next()));

        await _table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1));

        var all = await _table.ReadAllAsync();
        Assert.Empty(all.Members);
        Assert.Equal(1, all.Version.Version);
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/St_Johns")]
    public async Task Times_do_not_depend_on_the_time_zone_of_the_session(string zone)
    {
        using var host = Open(_connectionString + $";Timezone={zone}");
        var there = host.Services.GetRequiredService<IMembershipTable>();
        await there.InitializeMembershipTableAsync(true);
        // Finer than the microseconds that the database keeps.
        var entry = Entry(1, SiloStatus.Dead, Now.AddTicks(1_234_567));
        Assert.True(await there.InsertRowAsync(entry, (await there.ReadAllAsync()).Version.Next()));

        var alive = Assert.Single((await _table.ReadAllAsync()).Members).Item1.IAmAliveTime;
        Assert.Equal((DateTimeKind.Utc, Now.AddTicks(1_234_560)), (alive.Kind, alive));
        await there.CleanupDefunctSiloEntriesAsync(Now);
        Assert.Single((await _table.ReadAllAsync()).Members);
        await there.CleanupDefunctSiloEntriesAsync(Now.AddSeconds(1));
        Assert.Empty((await _table.ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Clusters_in_one_database_do_not_see_each_other()
    {
        using var host = Open(_connectionString, "other");
        var other = host.Services.GetRequiredService<IMembershipTable>();
        await other.InitializeMembershipTableAsync(true);
        foreach (var table in (IMembershipTable[])[_table, other])
            Assert.True(await table.InsertRowAsync(Entry(1, SiloStatus.Dead), (await table.ReadAllAsync()).Version.Next()));

        await _table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1));
        await _table.DeleteMembershipTableEntriesAsync("c");

        var all = await other.ReadAllAsync();
        Assert.Single(all.Members);
        Assert.Equal(1, all.Version.Version);
    }

    [Fact]
    public async Task An_etag_that_is_not_the_tables_changes_nothing()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));
        var next = (await _table.ReadAllAsync()).Version.Next();

        Assert.False(await _table.UpdateRowAsync(Entry(1, SiloStatus.Dead), "77", next));

        Assert.Equal(SiloStatus.Active, Assert.Single((await _table.ReadAllAsync()).Members).Item1.Status);
    }
}
