using System.Collections.Frozen;
using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Reference;

/// <summary>A region as it was: under a code that is given out no more, or under a name that its code no longer has.</summary>
public sealed record FormerRegion
{
    public required string Code { get; init; }

    public required RegionLevel Level { get; init; }

    /// <summary>Code of the region it lay in, which may be a former one too.</summary>
    public required string Parent { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    /// <summary>First month; null: as far back as there are reports.</summary>
    public Month? ValidFrom { get; init; }

    /// <summary>Last month.</summary>
    public required Month ValidTo { get; init; }

    /// <summary>Codes that came in its place: one where it was merged or renamed, several where it was divided.</summary>
    public required ImmutableArray<string> Successors { get; init; }

    /// <summary>Whether it was so in a month.</summary>
    public bool IsValidIn(Month month) => month <= ValidTo && (ValidFrom is not { } from || from <= month);
}

/// <summary>What a code stands for today.</summary>
/// <param name="Region">The region; null where the code is unknown, or its region was divided.</param>
/// <param name="Former">Set where the code is a former one.</param>
/// <param name="Successors">Regions of today that came in its place.</param>
public readonly record struct RegionMatch(Region? Region, FormerRegion? Former, ImmutableArray<Region> Successors)
{
    /// <summary>Several regions came in its place, and the code does not tell which one is meant.</summary>
    public bool IsDivided => Region is null && Former is not null;
}

/// <summary>
/// Codes through time: which were merged, divided or renamed, and since when today's are given out. Read from tables of the country
/// packs, which go by the year as the lists of the year's end do: a code that was given up in 2012 is valid to 2011-12.
/// </summary>
public sealed class RegionHistory
{
    private readonly FrozenDictionary<string, ImmutableArray<FormerRegion>> _former;
    private readonly FrozenDictionary<string, ImmutableArray<FormerRegion>> _byParent;
    private readonly FrozenDictionary<string, Month> _since;
    private readonly RegionTree _tree;

    private RegionHistory(RegionTree tree, IReadOnlyList<FormerRegion> former, Dictionary<string, Month> since)
    {
        _tree = tree;
        _former = former.GroupBy(f => f.Code).ToFrozenDictionary(g => g.Key, g => g.OrderBy(f => f.ValidTo).ToImmutableArray(), StringComparer.Ordinal);
        _byParent = former.GroupBy(f => f.Parent).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
        _since = since.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All former regions, in the order of their codes, older ones first.</summary>
    public IEnumerable<FormerRegion> All => _former.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value);

    /// <summary>What a code, of today or a former one, stands for today.</summary>
    public RegionMatch Find(string code)
    {
        if (_tree.TryGet(code, out var region))
            return new(region, null, [region]);
        if (!_former.TryGetValue(code, out var rows))
            return default;
        var successors = new List<Region>();
        Follow(code, successors);
        return new(successors.Count == 1 ? successors[0] : null, rows[^1], [.. successors]);
    }

    /// <summary>First month in which a code of today is given out; null: as far back as there are reports.</summary>
    public Month? Since(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return _since.TryGetValue(region.Code, out var since) ? since : null;
    }

    /// <summary>Former regions that lay directly in one in a month.</summary>
    public IEnumerable<FormerRegion> In(string parent, Month month) =>
        _byParent.TryGetValue(parent, out var rows) ? rows.Where(f => f.IsValidIn(month)) : [];

    /// <exception cref="InvalidDataException">A successor is neither a region nor a former one, or a code comes in its own place.</exception>
    internal static RegionHistory Load(RegionTree tree)
    {
        var former = new List<FormerRegion>();
        var since = new Dictionary<string, Month>(StringComparer.Ordinal);
        foreach (var pack in CountryPack.All)
        {
            if (pack.RegionHistoryTable is { } table)
                Read(table, former, since);
        }
        var history = new RegionHistory(tree, former, since);
        foreach (var code in since.Keys)
        {
            if (!tree.TryGet(code, out _))
                throw new InvalidDataException($"Region {code} is given out since {since[code]}, but it is not in the tree.");
        }
        foreach (var row in former)
        {
            if (history.Find(row.Code).Successors.IsEmpty)
                throw new InvalidDataException($"Nothing of today came in the place of region {row.Code}.");
        }
        return history;
    }

    private static void Read(string table, List<FormerRegion> former, Dictionary<string, Month> since)
    {
        foreach (var row in EmbeddedTable.Read(table, "code", "level", "parent", "name_zh", "name_en", "valid_from", "valid_to", "successors"))
        {
            var from = row[5].Length == 0 ? (Month?)null : Month.Parse(row[5]);
            if (row[6].Length == 0)
            {
                since.Add(row[0], from ?? throw new InvalidDataException($"Region {row[0]} has neither a first month nor a last one."));
                continue;
            }
            former.Add(new()
            {
                Code = row[0],
                Level = RegionLevelWords.TryParse(row[1], out var level) ? level : throw new InvalidDataException($"Region {row[0]} has the unknown level '{row[1]}'."),
                Parent = row[2],
                NameZh = row[3],
                NameEn = row[4].Length == 0 ? row[3] : row[4],
                ValidFrom = from,
                ValidTo = Month.Parse(row[6]),
                Successors = [.. row[7].Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            });
        }
    }

    /// <summary>A successor may have been merged again. Chains are short and end in the tree.</summary>
    private void Follow(string code, List<Region> found, int depth = 0)
    {
        const int Deepest = 10;
        if (depth > Deepest)
            throw new InvalidDataException($"The successors of region {code} go in a circle.");
        foreach (var successor in _former.TryGetValue(code, out var rows) ? rows[^1].Successors : [])
        {
            if (!_tree.TryGet(successor, out var region))
                Follow(successor, found, depth + 1);
            else if (!found.Contains(region))
                found.Add(region);
        }
    }
}
