using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>Silos that do things at once.</summary>
public sealed partial class MembershipContractTests
{
    [Fact]
    public async Task Silos_that_start_at_once_agree_on_the_first_version()
    {
        await _table.DeleteMembershipTableEntriesAsync("c");

        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var host = Open(_connectionString);
            var table = host.Services.GetRequiredService<IMembershipTable>();
            await table.InitializeMembershipTableAsync(true);
            return (await table.ReadAllAsync()).Version.Version;
        })));

        Assert.All(versions, v => Assert.Equal(0, v));
    }

    [Fact]
    public async Task Each_version_is_won_by_one_of_those_who_try_until_they_win()
    {
        const int Writers = 8, Wins = 5;
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));
        var won = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var wins = 0; wins < Wins;)
            {
                var next = (await _table.ReadAllAsync()).Version.Next();
                if (!await UpdateAsync(Entry(1), next))
                    continue;
                won.Add(next.Version);
                wins++;
            }
        })));

        Assert.Equal(Enumerable.Range(2, Writers * Wins), won.Order());
        Assert.Equal(1 + Writers * Wins, (await _table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task Heartbeats_during_changes_make_none_fail_and_are_not_set_back()
    {
        Assert.True(await _table.InsertRowAsync(Entry(1), (await _table.ReadAllAsync()).Version.Next()));
        using var changed = new CancellationTokenSource();
        var beats = Task.Run(async () =>
        {
            var beat = Entry(1);
            do
            {
                beat.IAmAliveTime = beat.IAmAliveTime.AddSeconds(1);
                await _table.UpdateIAmAliveAsync(beat);
            }
            while (!changed.IsCancellationRequested);
            return beat.IAmAliveTime;
        });

        // What a change brings was read before it, so its heartbeat is older than the table's.
        for (var i = 0; i < 40; i++)
            Assert.True(await UpdateAsync(Entry(1, SiloStatus.ShuttingDown), (await _table.ReadAllAsync()).Version.Next()));
        await changed.CancelAsync();
        var last = await beats;
        Assert.True(await UpdateAsync(Entry(1, SiloStatus.Dead), (await _table.ReadAllAsync()).Version.Next()));

        var member = Assert.Single((await _table.ReadAllAsync()).Members).Item1;
        Assert.Equal((SiloStatus.Dead, last), (member.Status, member.IAmAliveTime));
    }
}
