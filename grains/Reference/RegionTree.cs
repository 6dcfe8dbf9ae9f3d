using System.Diagnostics.CodeAnalysis;

namespace ClusterPulse.Reference;

/// <summary>All regions of all countries, by code; a tree for each nation.</summary>
public sealed class RegionTree
{
    private readonly Dictionary<string, Region> byCode;

    private RegionTree(Dictionary<string, Region> byCode, IReadOnlyList<Region> nations)
    {
        this.byCode = byCode;
        Nations = nations;
        History = RegionHistory.Load(this);
    }

    /// <summary>Former codes and names.</summary>
    public RegionHistory History { get; }

    /// <summary>Every region, each after the one it lies in.</summary>
    public IReadOnlyCollection<Region> All => byCode.Values;

    /// <summary>The roots, in the order of their country packs.</summary>
    public IReadOnlyList<Region> Nations { get; }

    /// <summary>Finds the region with exactly this code, which is one of today; <see cref="RegionHistory.Find"/> knows former ones.</summary>
    public bool TryGet(string code, [MaybeNullWhen(false)] out Region region) => byCode.TryGetValue(code, out region);

    /// <summary>Codes of a region and of all those below it; none where there is no region to look in.</summary>
    public IReadOnlyList<string> CodesIn(string? code)
    {
        var codes = new List<string>();
        if (code is not null && TryGet(code, out var region))
            Add(region);
        return codes;

        void Add(Region inner)
        {
            codes.Add(inner.Code);
            foreach (var child in inner.Children)
                Add(child);
        }
    }

    internal static RegionTree Load()
    {
        var byCode = new Dictionary<string, Region>(55_000, StringComparer.Ordinal);
        return new RegionTree(byCode, [.. CountryPack.All.Select(pack => Add(pack, byCode))]);
    }

    /// <summary>Adds a country's regions; its nation is the one root among them.</summary>
    private static Region Add(CountryPack pack, Dictionary<string, Region> byCode)
    {
        Region? nation = null;
        foreach (var row in EmbeddedTable.Read(
            pack.RegionTable, "code", "level", "parent", "locality", "path_part", "name_zh", "short_zh", "name_en"))
        {
            var region = FromRow(row, byCode);
            if (!byCode.TryAdd(region.Code, region))
                throw new InvalidDataException($"Region {region.Code} is there twice.");
            if (region.Parent is null)
                nation = nation is null ? region : throw new InvalidDataException($"Region {region.Code} is a second root of {pack.Nation}.");
        }

        return nation?.Code == pack.Nation ? nation : throw new InvalidDataException($"The table '{pack.RegionTable}' has no root {pack.Nation}.");
    }

    private static Region FromRow(string[] row, Dictionary<string, Region> byCode)
    {
        if (row is not [var code, var levelWord, var parentCode, var locality, var pathPart, var nameZh, var shortZh, var nameEn])
            throw new InvalidDataException("A row of the table of regions has the wrong number of columns.");
        if (!RegionLevelWords.TryParse(levelWord, out var level))
            throw new InvalidDataException($"Region {code} has the unknown level '{levelWord}'.");

        var parent = parentCode.Length == 0 ? null
            : byCode.TryGetValue(parentCode, out var found) ? found
            : throw new InvalidDataException($"Region {code} comes before its parent {parentCode}.");
        var names = new RegionNames(nameZh, shortZh.Length == 0 ? nameZh : shortZh, nameEn.Length == 0 ? nameZh : nameEn);
        var ownLocality = locality.Length == 0 ? parent?.Locality : locality;
        return new Region(code, level, parent, ownLocality, names, ParsePathPart(pathPart));
    }

    private static Region.PathPart ParsePathPart(string word) => word switch
    {
        "always" => Region.PathPart.Always,
        "own" => Region.PathPart.Own,
        "never" => Region.PathPart.Never,
        _ => throw new InvalidDataException($"'{word}' is no part of a path."),
    };
}
