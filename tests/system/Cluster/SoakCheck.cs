using Npgsql;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>What must hold after a load, whatever happened during it.</summary>
internal static class SoakCheck
{
    /// <summary>Waits until commits have reached the places and two checks for drift have looked, and compares everything.</summary>
    public static async Task FillAsync(TestCluster cluster, IReadOnlyList<SoakSender> senders, SoakSummary summary)
    {
        await cluster.WhenReadyAsync();
        await Task.Delay(TimeSpan.FromSeconds(30));
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
}
