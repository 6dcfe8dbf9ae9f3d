using Xunit;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Two builds with a change of schema between them, side by side in one cluster while reports come in.</summary>
public sealed class UpgradeTests
{
    private const int Senders = 3;
    private static readonly TimeSpan SideBySide = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Silos_and_gateways_are_replaced_one_by_one_and_one_goes_back_without_a_loss()
    {
        var old = await OldBuild.MakeAsync();
        await using var cluster = await TestCluster.StartAsync(silos: 3, gateways: 2, old);
        Assert.False(await HasColumnAsync(cluster), "the old build knows the new schema: put an older one into tests/upgrade");
        var senders = Enumerable.Range(0, Senders).Select(i => new SoakSender(i, i, cluster.Channels, SoakWorld.Counties)).ToList();
        await Task.WhenAll(senders.Select(s => s.RegisterAsync()));
        using var stop = new CancellationTokenSource();
        var work = senders.Select(s => Task.Run(() => s.RunAsync(stop.Token))).ToList();
        await Task.Delay(SideBySide);

        foreach (var process in cluster.Silos.Concat(cluster.Gateways))
            await ReplaceAsync(process, AppContext.BaseDirectory);
        // The older build on the newer schema, as when an upgrade is taken back.
        Assert.True(await HasColumnAsync(cluster));
        await ReplaceAsync(cluster.Silos[0], old);

        await stop.CancelAsync();
        await Task.WhenAll(work);
        var summary = new SoakSummary(0, ["none"]);
        await SoakCheck.FillAsync(cluster, senders, summary);
        Assert.True(summary.IsClean, $"{summary}\n{cluster.Tails()}");
        var builds = await cluster.Postgres.ScalarAsync(TestCluster.Database, "SELECT count(*) FILTER (WHERE build IS NULL) > 0 AND count(build) > 0 FROM writer WHERE seq > 0");
        Assert.Equal(true, builds);

        async Task ReplaceAsync(ClusterProcess process, string build)
        {
            await process.TerminateAsync();
            process.Build = build;
            cluster.Start(process);
            await cluster.WhenReadyAsync();
            await Task.Delay(SideBySide);
            Assert.All(senders, s => Assert.Null(s.Unexpected));
        }
    }

    private static async Task<bool> HasColumnAsync(TestCluster cluster) => (long)(await cluster.Postgres.ScalarAsync(
        TestCluster.Database, "SELECT count(*) FROM information_schema.columns WHERE table_name = 'writer' AND column_name = 'build'"))! > 0;
}
