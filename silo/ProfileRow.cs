using System.Data.Common;
using ClusterPulse.Facts;

namespace ClusterPulse.Silo;

/// <summary>A profile as both stores hold it.</summary>
internal static class ProfileRow
{
    /// <summary>What <see cref="Read"/> reads, in order.</summary>
    public const string Columns =
        "enterprise, valid_from, region, estate, industry, ownership, investor_economy, hi_tech, closed, name_zh, name_en, controlling, size, successor";

    public static Profile Read(DbDataReader row) => new()
    {
        ValidFrom = Month.Parse(row.GetString(1)),
        Region = string.Intern(row.GetString(2)),
        Estate = row.IsDBNull(3) ? null : string.Intern(row.GetString(3)),
        Industry = string.Intern(row.GetString(4)),
        Ownership = Words.Ownership(row.GetString(5)),
        InvestorEconomy = Text(row, 6),
        HiTech = row.GetBoolean(7),
        Closed = row.GetBoolean(8),
        NameZh = row.GetString(9),
        NameEn = row.GetString(10),
        Controlling = Text(row, 11),
        Size = row.IsDBNull(12) ? EnterpriseSize.Unspecified : Words.Parse<EnterpriseSize>(row.GetString(12)),
        Successor = Text(row, 13),
    };

    /// <summary>The size in its column; null where it is not known.</summary>
    public static string? Size(Profile profile) => profile.Size == EnterpriseSize.Unspecified ? null : Words.Of(profile.Size);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
