using System.Data.Common;
using ClusterPulse.Clusters;

namespace ClusterPulse.Silo;

/// <summary>Cluster definitions and the watch list as both stores hold them.</summary>
internal static class ClusterRow
{
    /// <summary>The newest version of each definition, deleted ones too.</summary>
    public const string DefinitionsSql =
        """
        SELECT id, version, name_zh, name_en, industries, regions, deleted, decided_by FROM cluster_definition d
        WHERE version = (SELECT max(version) FROM cluster_definition n WHERE n.id = d.id)
        ORDER BY id
        """;

    /// <summary>What is watched now.</summary>
    public const string WatchesSql =
        """
        SELECT region, cluster FROM cluster_watch w
        WHERE watched AND no = (SELECT max(no) FROM cluster_watch n WHERE n.region = w.region AND n.cluster = w.cluster)
        ORDER BY region, cluster
        """;

    public static ClusterDefinitionSet Definition(DbDataReader row) => new(
        new()
        {
            Id = row.GetString(0),
            Version = row.GetInt64(1),
            NameZh = row.GetString(2),
            NameEn = row.GetString(3),
            Industries = CodeList.Read(row.GetString(4)),
            Regions = CodeList.Read(row.GetString(5)),
        },
        row.GetBoolean(6),
        row.GetString(7));

    public static ClusterWatch Watch(DbDataReader row) => new(row.GetString(0), row.GetString(1));
}
