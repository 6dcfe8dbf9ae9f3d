using ClusterPulse.Clusters;

namespace ClusterPulse.Silo.Postgres;

/// <content>Cluster definitions and the watch list.</content>
public sealed partial class PostgresFactStore
{
    public ValueTask<IReadOnlyList<ClusterDefinitionSet>> LoadClusterDefinitionsAsync(CancellationToken cancellation) => ListAsync(
        """
        SELECT DISTINCT ON (id) id, version, name_zh, name_en, industries, regions, deleted, decided_by FROM cluster_definition
        ORDER BY id, version DESC
        """,
        r => new ClusterDefinitionSet(
            new()
            {
                Id = r.GetString(0),
                Version = r.GetInt64(1),
                NameZh = r.GetString(2),
                NameEn = r.GetString(3),
                Industries = Words.Split(r.GetString(4)),
                Regions = Words.Split(r.GetString(5)),
            },
            r.GetBoolean(6),
            r.GetString(7)),
        cancellation);

    public ValueTask<IReadOnlyList<ClusterWatch>> LoadClusterWatchesAsync(CancellationToken cancellation) => ListAsync(
        """
        SELECT region, cluster FROM (
            SELECT DISTINCT ON (region, cluster) region, cluster, watched FROM cluster_watch ORDER BY region, cluster, no DESC) newest
        WHERE watched ORDER BY region, cluster
        """,
        r => new ClusterWatch(r.GetString(0), r.GetString(1)), cancellation);
}
