using System.Diagnostics;
using Npgsql;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>What must hold after a load, whatever happened during it.</summary>
internal static class SoakCheck
{
    /// <summary>A silo of an older build does not count its checks: by then it has made two.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Waits until commits have reached the places and two checks for drift have looked, and compares everything.</summary>
    public static async Task FillAsync(TestCluster cluster, IReadOnlyList<SoakSender> senders, SoakSummary summary)
    {
        await cluster.WhenReadyAsync();
        await WhenCheckedTwiceAsync(cluster);
        summary.Waited(senders.Max(s => s.LongestWait));
        summary.Unexpected.AddRange(senders.Select(s => s.Unexpected).OfType<string>());
        await using var store = new NpgsqlConnection(cluster.Postgres.ConnectionString(TestCluster.Database));
        await store.OpenAsync();
        foreach (var sender in senders)
        {
            summary.Acknowledged += sender.Ledger.Acknowledged;
            var (lost, doubled, first) = await sender.Ledger.CompareAsync(store, sender.Prefix);
            (summary.Lost, summary.Doubled) = (summary.Lost + lost, summary.Doubled + doubled);
            if (first is not null)
                summary.Unexpected.Add(first);
        }
        var gauges = await cluster.GaugesAsync();
        summary.ExportedTwice = gauges.Count(g => g.Value != 1);
        summary.Gauges = gauges.Count;
        summary.Drift = await cluster.CounterAsync("clusterpulse_drift_total");
        summary.Audit = await cluster.AuditAsync();
    }

    /// <summary>A check begins after what was committed before it, so that the second has seen everything.</summary>
    private static async Task WhenCheckedTwiceAsync(TestCluster cluster)
    {
        const string Checks = "clusterpulse_drift_checks_total";
        var clock = Stopwatch.StartNew();
        var before = await cluster.CounterAsync(Checks);
        while (clock.Elapsed < LongestWait && await cluster.CounterAsync(Checks) < before + 2)
            await Task.Delay(500);
    }
}
