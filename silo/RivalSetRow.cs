using System.Collections.Immutable;
using System.Text.Json;
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

    public static RivalSet Read(string id, long version, string nameZh, string nameEn, string regions, string sources, string industries) => new()
    {
        Id = id,
        Version = version,
        NameZh = nameZh,
        NameEn = nameEn,
        Regions = Codes(regions),
        Sources = Codes(sources),
        Industries = Codes(industries),
    };

    /// <summary>Codes as a JSON array.</summary>
    public static string Text(ImmutableArray<string> codes) => JsonSerializer.Serialize(codes.AsEnumerable());

    private static ImmutableArray<string> Codes(string text) => [.. JsonSerializer.Deserialize<string[]>(text)!];
}
