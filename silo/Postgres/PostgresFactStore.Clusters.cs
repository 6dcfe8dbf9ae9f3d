using ClusterPulse.Clusters;

namespace ClusterPulse.Silo.Postgres;

/// <content>Cluster definitions and the watch list.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<IReadOnlyList<ClusterDefinitionSet>> LoadClusterDefinitionsAsync(CancellationToken cancellation) =>
        ListAsync(ClusterRow.DefinitionsSql, ClusterRow.Definition, cancellation);

    public ValueTask<IReadOnlyList<ClusterWatch>> LoadClusterWatchesAsync(CancellationToken cancellation) =>
        ListAsync(ClusterRow.WatchesSql, ClusterRow.Watch, cancellation);
}
