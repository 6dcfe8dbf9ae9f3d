using System.Diagnostics;
using ClusterPulse.SystemTests.Kubernetes;
using ClusterPulse.SystemTests.Support;
using k8s.Models;
using Xunit;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Silos in pods learn from the API server which of them are gone.</summary>
public sealed class PodTests(ITestOutputHelper output)
{
    private const int Dead = 6;

    [Fact]
    public async Task A_silo_whose_pod_was_deleted_is_dead_for_the_others_within_seconds_and_one_that_starts_finds_out_who_has_gone()
    {
        await using var api = new PodApi("silo0", "silo1", "silo2");
        await using var cluster = await TestCluster.StartAsync(3, 1, api, null);
        await SoakWorld.LoadQuietCountyAsync(cluster.Channels[0]);
        await cluster.WhenReadyAsync();
        var role = (await Overlay.RenderAsync("production")).Single<V1Role>("silo");

        // It answers every probe: nothing but the deleted pod can make it dead.
        await DeleteAsync("silo2", "a watch, or a look, found it");
        // It finds that out and ends, as one that was declared dead does.
        await Eventually.TrueAsync(() => Task.FromResult(!cluster.Silos[2].IsRunning), 60);
        await Eventually.TrueAsync(async () => await cluster.CounterAsync("clusterpulse_buried_writers_total") > 0, 60);

        // Where no watch tells it, who looks finds it all the same.
        api.IsSilent = true;
        await DeleteAsync("silo1", "a look found it");
        await Eventually.TrueAsync(() => Task.FromResult(!cluster.Silos[1].IsRunning), 60);

        // The last one without a word: it comes again under another name, and finds nobody.
        await cluster.Silos[0].KillAsync();
        api.Add("silo1");
        cluster.Start(cluster.Silos[1]);
        api.Delete("silo0");
        var clock = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => IsDeadAsync("silo0"), 60);
        output.WriteLine($"dead {clock.ElapsedMilliseconds} ms after another one started");
        await Eventually.TrueAsync(() => cluster.IsHealthyAsync(1), 60);

        // What the role allows is what was needed, and nothing more.
        var rule = Assert.Single(role.Rules);
        Assert.Equal(api.Verbs, rule.Verbs.Order(StringComparer.Ordinal));

        async Task DeleteAsync(string pod, string how)
        {
            var started = Stopwatch.StartNew();
            api.Delete(pod);
            await Eventually.TrueAsync(() => IsDeadAsync(pod), 60);
            output.WriteLine($"dead {started.ElapsedMilliseconds} ms after its pod was deleted: {how}");
        }

        async Task<bool> IsDeadAsync(string silo) => await cluster.Postgres.ScalarAsync(
            TestCluster.Database, $"SELECT status FROM silo_membership WHERE silo_name = '{silo}' ORDER BY generation DESC LIMIT 1") is Dead;
    }
}
