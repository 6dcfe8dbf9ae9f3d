using ClusterPulse.Clusters;

namespace ClusterPulse.Silo.Sqlite;

/// <content>Cluster definitions and the watch list.</content>
public sealed partial class SqliteFactStore
{
    public ValueTask<IReadOnlyList<ClusterDefinitionSet>> LoadClusterDefinitionsAsync(CancellationToken cancellation) => ListAsync(
        """
        SELECT id, version, name_zh, name_en, industries, regions, deleted, decided_by FROM cluster_definition d
        WHERE version = (SELECT max(version) FROM cluster_definition n WHERE n.id = d.id) ORDER BY id
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
            r.GetString(7)));

    public ValueTask<IReadOnlyList<ClusterWatch>> LoadClusterWatchesAsync(CancellationToken cancellation) => ListAsync(
        """
        SELECT region, cluster FROM cluster_watch
        WHERE watched AND no IN (SELECT max(no) FROM cluster_watch GROUP BY region, cluster) ORDER BY region, cluster
        """,
        r => new ClusterWatch(r.GetString(0), r.GetString(1)));
}
