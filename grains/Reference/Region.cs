namespace ClusterPulse.Reference;

/// <summary>An administrative division, or a zone that statistics treats as one, and its place in the tree.</summary>
public sealed class Region
{
    private readonly PathPart pathPart;
    private readonly string shortZh;
    private List<Region>? children;

    // Derived on first use: a node meets a small part of the 52,000 regions. Two threads may both derive one and keep
    // either result, since the results are equal.
    private IReadOnlyList<Region>? path;
    private string? pathZh;

    internal Region(string code, RegionLevel level, Region? parent, string? locality, RegionNames names, PathPart pathPart)
    {
        Code = code;
        Level = level;
        Parent = parent;
        Locality = locality;
        NameZh = names.Zh;
        NameEn = names.En;
        shortZh = names.ShortZh;
        this.pathPart = pathPart;
        if (parent is not null)
            (parent.children ??= []).Add(this);
    }

    /// <summary>How a region appears in the paths of names.</summary>
    internal enum PathPart
    {
        /// <summary>In its own path and in those of everything below it.</summary>
        Always,

        /// <summary>In its own path alone: China, and prefectures that only lump unrelated counties.</summary>
        Own,

        /// <summary>Nowhere; it goes by the name of the region above: 市辖区 of Beijing, the one county of Dongguan.</summary>
        Never,
    }

    /// <summary>The statistical code: <c>CN</c>, <c>32</c>, <c>3205</c>, <c>320583</c>, <c>320583001</c>; <c>IT013</c>.</summary>
    public string Code { get; }

    /// <summary>The level in the tree.</summary>
    public RegionLevel Level { get; }

    /// <summary>The region directly above; null for a nation.</summary>
    public Region? Parent { get; }

    /// <summary>
    /// The code of the locality, within which a supplier is local: normally the prefecture. Null where a region holds more
    /// than one locality: the nation, provinces, and prefectures that lump counties a province governs directly.
    /// </summary>
    public string? Locality { get; }

    /// <summary>The full Chinese name.</summary>
    public string NameZh { get; }

    /// <summary>The short English name, or the Chinese one where none is known, as for towns.</summary>
    public string NameEn { get; }

    /// <summary>Short Chinese names from the province down, such as 江苏·苏州·昆山; 中国 for a nation.</summary>
    public string PathZh => pathZh ??= pathPart == PathPart.Never ? PathAbove : Join(PathAbove, shortZh);

    /// <summary>This region first, then each one above it, the nation last.</summary>
    public IReadOnlyList<Region> Path => path ??= SelfAndAbove();

    /// <summary>The regions directly below, in order of code.</summary>
    public IReadOnlyList<Region> Children => (IReadOnlyList<Region>?)children ?? [];

    private string PathAbove => Parent is null ? "" : Parent.pathPart == PathPart.Always ? Parent.PathZh : Parent.PathAbove;

    /// <summary>Whether this region is <paramref name="ancestor"/> itself or lies below it.</summary>
    public bool IsIn(Region ancestor)
    {
        ArgumentNullException.ThrowIfNull(ancestor);
        for (var region = this; region is not null; region = region.Parent)
        {
            if (ReferenceEquals(region, ancestor))
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {PathZh}";

    private static string Join(string above, string name) => above.Length == 0 ? name : $"{above}·{name}";

    private List<Region> SelfAndAbove()
    {
        var regions = new List<Region>((int)Level + 1);
        for (var region = this; region is not null; region = region.Parent)
            regions.Add(region);
        return regions;
    }
}

/// <summary>The names of one region as its table has them.</summary>
internal readonly record struct RegionNames(string Zh, string ShortZh, string En);
