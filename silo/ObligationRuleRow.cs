using System.Collections.Immutable;
using System.Data.Common;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;

namespace ClusterPulse.Silo;

/// <summary>A rule of obligations as both stores hold it.</summary>
internal static class ObligationRuleRow
{
    /// <summary>Rules as they are now.</summary>
    public const string NewestSql =
        """
        SELECT id, version, exempt, feeds, enterprises, regions, industries, ownerships, sizes, valid_from, valid_to FROM obligation_rule r
        WHERE NOT deleted AND version = (SELECT max(version) FROM obligation_rule n WHERE n.id = r.id)
        ORDER BY id
        """;

    public static ObligationRule Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Version = row.GetInt64(1),
        Exempt = row.GetBoolean(2),
        Feeds = [.. CodeList.Read(row.GetString(3)).Select(Words.Feed)],
        Enterprises = CodeList.Read(row.GetString(4)),
        Regions = CodeList.Read(row.GetString(5)),
        Industries = CodeList.Read(row.GetString(6)),
        Ownerships = [.. CodeList.Read(row.GetString(7)).Select(Words.Ownership)],
        Sizes = [.. CodeList.Read(row.GetString(8)).Select(Words.Parse<EnterpriseSize>)],
        ValidFrom = row.IsDBNull(9) ? null : Month.Parse(row.GetString(9)),
        ValidTo = row.IsDBNull(10) ? null : Month.Parse(row.GetString(10)),
    };

    public static string Feeds(ObligationRule rule) => Texts(rule.Feeds, f => f.Word());

    public static string Ownerships(ObligationRule rule) => Texts(rule.Ownerships, o => o.Word());

    public static string Sizes(ObligationRule rule) => Texts(rule.Sizes, Words.Of);

    private static string Texts<T>(ImmutableArray<T> values, Func<T, string> word) => CodeList.Text([.. values.Select(word)]);
}
