using System.Diagnostics;
using ClusterPulse.SystemTests.Kubernetes;
using ClusterPulse.SystemTests.Support;
using k8s.Models;
using Xunit;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Silos in pods learn from the API server which of them are gone.</summary>
public sealed class PodTests(ITestOutputHelper output)
{
    private const string StatusOfLast = "SELECT status FROM silo_membership WHERE silo_name = 'silo2' ORDER BY generation DESC LIMIT 1";
    private const int Dead = 6;

    [Fact]
    public async Task A_silo_whose_pod_was_deleted_is_dead_for_the_others_at_once_and_one_that_starts_finds_out_who_has_gone()
    {
        await using var api = new PodApi("silo0", "silo1", "silo2");
        await using var cluster = await TestCluster.StartAsync(3, 1, api, null);
        await SoakWorld.LoadQuietCountyAsync(cluster.Channels[0]);
        await cluster.WhenReadyAsync();
        var role = (V1Role)(await Overlay.RenderAsync("production")).Single<V1Role>("silo");

        // It answers every probe: nothing but the deleted pod can make it dead.
        var clock = Stopwatch.StartNew();
        api.Delete("silo2");
        await Eventually.TrueAsync(async () => await IsDeadAsync());
        output.WriteLine($"dead {clock.ElapsedMilliseconds} ms after its pod was deleted");
        // It finds that out and ends, as one that was declared dead does.
        await Eventually.TrueAsync(() => Task.FromResult(!cluster.Silos[2].IsRunning), 60);
        await Eventually.TrueAsync(async () => await cluster.CounterAsync("clusterpulse_buried_writers_total") > 0, 60);

        // All of them at once, without a word: of the pods one is there when the first silo starts again.
        api.Add("silo2");
        cluster.Start(cluster.Silos[2]);
        await cluster.WhenReadyAsync();
        await Task.WhenAll(cluster.Silos.Select(s => s.KillAsync()));
        api.Delete("silo1");
        api.Delete("silo2");
        cluster.Start(cluster.Silos[0]);
        clock.Restart();
        await Eventually.TrueAsync(async () => await IsDeadAsync(), 60);
        output.WriteLine($"dead {clock.ElapsedMilliseconds} ms after the start of a silo that did not find its pod");
        await Eventually.TrueAsync(() => cluster.IsHealthyAsync(0), 60);

        // What the role allows is what was needed, and nothing more.
        var rule = Assert.Single(role.Rules);
        Assert.Equal(api.Verbs, rule.Verbs.Order(StringComparer.Ordinal));

        async Task<bool> IsDeadAsync() => await cluster.Postgres.ScalarAsync(TestCluster.Database, StatusOfLast) is Dead;
    }
}
