namespace ClusterPulse.Reference;

/// <summary>The levels of the administrative tree, from the whole country down.</summary>
public enum RegionLevel
{
    /// <summary>The whole country.</summary>
    Nation,

    /// <summary>Province, autonomous region or municipality under the central government.</summary>
    Province,

    /// <summary>Prefecture-level city, autonomous prefecture, league.</summary>
    Prefecture,

    /// <summary>County, district, county-level city, or a zone that statistics treats as one.</summary>
    County,

    /// <summary>Town, township or subdistrict.</summary>
    Town,
}

/// <summary>The words for levels in messages, metric labels and tables.</summary>
public static class RegionLevelWords
{
    /// <summary>The lower-case word for a level, such as <c>prefecture</c>.</summary>
    public static string Word(this RegionLevel level) => level switch
    {
        RegionLevel.Nation => "nation",
        RegionLevel.Province => "province",
        RegionLevel.Prefecture => "prefecture",
        RegionLevel.County => "county",
        RegionLevel.Town => "town",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Not a level of the tree."),
    };

    /// <summary>Finds the level a word stands for; words are exact and lower case.</summary>
    public static bool TryParse(ReadOnlySpan<char> word, out RegionLevel level)
    {
        (var known, level) = word switch
        {
            "nation" => (true, RegionLevel.Nation),
            "province" => (true, RegionLevel.Province),
            "prefecture" => (true, RegionLevel.Prefecture),
            "county" => (true, RegionLevel.County),
            "town" => (true, RegionLevel.Town),
            _ => (false, default),
        };
        return known;
    }
}
