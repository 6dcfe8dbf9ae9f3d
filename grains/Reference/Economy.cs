namespace ClusterPulse.Reference;

/// <summary>A country or region investment comes from, ISO 3166-1 in the naming of China's investment statistics.</summary>
/// <param name="Alpha2">The two-letter code, such as <c>DE</c>.</param>
/// <param name="NameZh">The Chinese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="FdiGroup"><c>domestic</c>, <c>hk_mo_tw</c> (Hong Kong, Macao, Taiwan) or <c>foreign</c>.</param>
public sealed record Economy(string Alpha2, string NameZh, string NameEn, string FdiGroup);

/// <summary>The economies, by two-letter code.</summary>
public sealed class EconomyTable : CodeTable<Economy>
{
    private EconomyTable(IEnumerable<Economy> entries)
        : base(entries, economy => economy.Alpha2)
    {
    }

    internal static EconomyTable Load() => new(EmbeddedTable
        .Read("economies", "alpha2", "name_zh", "name_en", "fdi_group")
        .Select(row => new Economy(Alpha2: row[0], NameZh: row[1], NameEn: row[2], FdiGroup: row[3])));
}
