namespace ClusterPulse.Reference;

/// <summary>An entry of a classification of industries, see <see cref="IndustryScheme"/>.</summary>
/// <param name="Code">The scheme's prefix, if any, and one letter for a section, two digits for a division, three for a group, four for a class.</param>
/// <param name="Level"><c>section</c>, <c>division</c>, <c>group</c> or <c>class</c>.</param>
/// <param name="Section">The section it belongs to, a section to itself.</param>
/// <param name="Division">The division it belongs to; empty for a section.</param>
/// <param name="NameZh">The Chinese name, or the English one where none is known, as for groups of NACE.</param>
/// <param name="NameEn">The English name, or the Chinese one where none is known, as for groups and classes.</param>
/// <param name="HighTech">Whether all of it is high-technology manufacturing (National Bureau of Statistics, 2017; Eurostat for NACE).</param>
/// <param name="ElectronicsCommunication">Whether it is, or lies in, division 39, electronics and communication; of NACE the groups nearest to it.</param>
public sealed record Industry(
    string Code,
    string Level,
    string Section,
    string Division,
    string NameZh,
    string NameEn,
    bool HighTech,
    bool ElectronicsCommunication);

/// <summary>The classifications of industries of all countries, by code.</summary>
public sealed class IndustryTable : CodeTable<Industry>
{
    private IndustryTable(IEnumerable<Industry> entries)
        : base(entries, industry => industry.Code)
    {
    }

    /// <summary>Whether a code is that of a division, group or class: what an enterprise can be in.</summary>
    public bool Classifies(string code) => TryGet(code, out var industry) && industry.Level != "section";

    internal static IndustryTable Load() => new(IndustryScheme.All
        .SelectMany(scheme => EmbeddedTable.Read(
            scheme.Table,
            "code", "level", "section", "division", "name_zh", "name_en", "high_tech", "electronics_communication"))
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
