using ClusterPulse.Clusters;

namespace ClusterPulse.Silo.Sqlite;

/// <content>Cluster definitions and the watch list.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<IReadOnlyList<ClusterDefinitionSet>> LoadClusterDefinitionsAsync(CancellationToken cancellation) =>
        ListAsync(ClusterRow.DefinitionsSql, ClusterRow.Definition);

    public ValueTask<IReadOnlyList<ClusterWatch>> LoadClusterWatchesAsync(CancellationToken cancellation) =>
        ListAsync(ClusterRow.WatchesSql, ClusterRow.Watch);
}
