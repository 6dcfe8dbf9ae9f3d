using System.Data.Common;
using ClusterPulse.Facts;

namespace ClusterPulse.Silo;

/// <summary>A rival set as both stores hold it.</summary>
internal static class RivalSetRow
{
    /// <summary>Sets as they are now.</summary>
    public const string NewestSql =
        """
        SELECT id, version, name_zh, name_en, regions, sources, industries FROM rival_set s
        WHERE NOT deleted AND version = (SELECT max(version) FROM rival_set n WHERE n.id = s.id)
        ORDER BY id
        """;

    public static RivalSet Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Version = row.GetInt64(1),
        NameZh = row.GetString(2),
        NameEn = row.GetString(3),
        Regions = CodeList.Read(row.GetString(4)),
        Sources = CodeList.Read(row.GetString(5)),
        Industries = CodeList.Read(row.GetString(6)),
    };
}
