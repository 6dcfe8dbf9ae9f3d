namespace ClusterPulse.Reference;

/// <summary>An entry of the classification of industries, GB/T 4754-2017.</summary>
/// <param name="Code">One letter for a section, two digits for a division, three for a group, four for a class.</param>
/// <param name="Level"><c>section</c>, <c>division</c>, <c>group</c> or <c>class</c>.</param>
/// <param name="Section">The section it belongs to, a section to itself.</param>
/// <param name="Division">The division it belongs to; empty for a section.</param>
/// <param name="NameZh">The Chinese name.</param>
/// <param name="NameEn">The English name, or the Chinese one where none is known, as for groups and classes.</param>
/// <param name="HighTech">Whether all of it is high-technology manufacturing (National Bureau of Statistics, 2017).</param>
/// <param name="ElectronicsCommunication">Whether it is, or lies in, division 39, electronics and communication.</param>
public sealed record Industry(
    string Code,
    string Level,
    string Section,
    string Division,
    string NameZh,
    string NameEn,
    bool HighTech,
    bool ElectronicsCommunication);

/// <summary>The classification of industries, by code.</summary>
public sealed class IndustryTable : CodeTable<Industry>
{
    private IndustryTable(IEnumerable<Industry> entries)
        : base(entries, industry => industry.Code)
    {
    }

    internal static IndustryTable Load() => new(EmbeddedTable
        .Read(
            "industries",
            "code", "level", "section", "division", "name_zh", "name_en", "high_tech", "electronics_communication")
        .Select(row => new Industry(
            Code: row[0],
            Level: row[1],
            Section: row[2],
            Division: row[3],
            NameZh: row[4],
            NameEn: row[5].Length == 0 ? row[4] : row[5],
            HighTech: row[6] == "all",
            ElectronicsCommunication: row[7] == "1")));
}
