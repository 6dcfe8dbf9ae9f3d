namespace ClusterPulse.SystemTests.Cluster;

/// <summary>One kind of fault: does it, and has put everything back when it returns.</summary>
/// <param name="Name">What it is called in the summary.</param>
/// <param name="Inject">Does it to a silo, or to whatever it is about.</param>
/// <param name="FromEnd">Service is measured from the end of the fault, since none can be had before.</param>
internal sealed record SoakFault(string Name, Func<TestCluster, Random, Task> Inject, bool FromEnd = false);

/// <summary>Everything that can go wrong with a cluster, one thing at a time.</summary>
internal static class SoakFaults
{
    /// <summary>Longer than it takes to be declared dead.</summary>
    private static readonly TimeSpan PastDeath = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(2);

    public static readonly IReadOnlyList<SoakFault> All =
    [
        new("kill -9 a silo", async (cluster, random) =>
        {
            var silo = AnySilo(cluster, random);
            await silo.KillAsync();
            await Task.Delay(RestartPause);
            cluster.Start(silo);
        }),
        new("kill -9 a gateway", async (cluster, random) =>
        {
            var gateway = cluster.Gateways[random.Next(cluster.Gateways.Count)];
            await gateway.KillAsync();
            await Task.Delay(RestartPause);
            cluster.Start(gateway);
        }),
        new("drain a silo (SIGTERM)", async (cluster, random) =>
        {
            var silo = AnySilo(cluster, random);
            await silo.TerminateAsync();
            cluster.Start(silo);
        }),
        new("restart PostgreSQL", async (cluster, _) => await cluster.Postgres.RestartAsync(immediate: true), FromEnd: true),
        new("pause a silo past its death", async (cluster, random) =>
        {
            var silo = AnySilo(cluster, random);
            await silo.PauseAsync();
            await Task.Delay(PastDeath);
            await silo.ContinueAsync();
        }),
        new("cut a silo off from its peers", async (cluster, random) =>
        {
            var silo = random.Next(cluster.Silos.Count);
            await cluster.Network.CutPeersAsync(silo);
            await Task.Delay(PastDeath);
            await TestNetwork.HealAsync(silo);
        }),
        new("cut a silo off from the database", async (cluster, random) =>
        {
            var silo = random.Next(cluster.Silos.Count);
            await TestNetwork.CutDatabaseAsync(silo, cluster.Postgres.Port);
            await Task.Delay(PastDeath);
            await TestNetwork.HealAsync(silo);
        }, FromEnd: true),
        new("cut a silo off from both", async (cluster, random) =>
        {
            var silo = random.Next(cluster.Silos.Count);
            await cluster.Network.CutPeersAsync(silo);
            await TestNetwork.CutDatabaseAsync(silo, cluster.Postgres.Port);
            await Task.Delay(PastDeath);
            await TestNetwork.HealAsync(silo);
        }),
    ];

    /// <summary>Every activation there is goes at once.</summary>
    public static readonly SoakFault AllSilos = new("kill -9 all silos", async (cluster, _) =>
    {
        await Task.WhenAll(cluster.Silos.Select(s => s.KillAsync()));
        foreach (var silo in cluster.Silos)
            cluster.Start(silo);
    });

    private static ClusterProcess AnySilo(TestCluster cluster, Random random) => cluster.Silos[random.Next(cluster.Silos.Count)];
}
