using System.Collections.Immutable;

namespace ClusterPulse.Reference;

/// <summary>What a country brings: its regions and what their levels are called, its industries, how its enterprises are identified.
/// <c>docs/country-packs.md</c> tells how to add one.</summary>
public sealed class CountryPack
{
    /// <summary>Legal entity identifiers (ISO 17442) are good everywhere.</summary>
    private const string Everywhere = "lei";

    private CountryPack(string nation) => Nation = nation;

    /// <summary>Code of the nation: the root of its tree, and the country's code in ISO 3166.</summary>
    public string Nation { get; }

    /// <summary>The embedded table of its regions.</summary>
    public required string RegionTable { get; init; }

    /// <summary>The embedded table of former codes and names; null: none is known.</summary>
    public string? RegionHistoryTable { get; init; }

    /// <summary>Schemes of its enterprises' names, besides <c>lei</c>.</summary>
    public required ImmutableArray<string> IdentitySchemes { get; init; }

    /// <summary>The classification that its statistics use.</summary>
    public required IndustryScheme Industries { get; init; }

    /// <summary>Whether ownership by investors of Hong Kong, Macao and Taiwan is a kind of its own there.</summary>
    public bool HasHmt { get; init; }

    /// <summary>What its levels are called in Chinese and in English, or in its own language where English has no word.</summary>
    public required ImmutableDictionary<RegionLevel, (string Zh, string En)> LevelNames { get; init; }

    /// <summary>Identified by credit code or organisation code; GB/T 2260, GB/T 4754.</summary>
    public static CountryPack China { get; } = new("CN")
    {
        RegionTable = "regions",
        RegionHistoryTable = "region-history",
        IdentitySchemes = ["uscc", "org"],
        Industries = IndustryScheme.GbT4754,
        HasHmt = true,
        LevelNames = Levels(("国家", "nation"), ("省", "province"), ("地", "prefecture"), ("县", "county"), ("乡镇", "town")),
    };

    /// <summary>Identified by Partita IVA; ISTAT's codes, NACE Rev. 2. The locality is the provincia.</summary>
    public static CountryPack Italy { get; } = new("IT")
    {
        RegionTable = "regions-it",
        RegionHistoryTable = "region-history-it",
        IdentitySchemes = ["piva"],
        Industries = IndustryScheme.Nace,
        LevelNames = Levels(("国家", "nation"), ("大区", "regione"), ("省", "provincia"), ("市镇", "comune"), ("市镇分区", "frazione")),
    };

    /// <summary>All countries.</summary>
    public static ImmutableArray<CountryPack> All { get; } = [China, Italy];

    /// <summary>The country that a region lies in.</summary>
    public static CountryPack Of(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        var nation = region.Path[^1].Code;
        return All.First(pack => pack.Nation == nation);
    }

    /// <summary>Whether its enterprises can be named by a scheme.</summary>
    public bool Knows(string scheme) => scheme == Everywhere || IdentitySchemes.Contains(scheme);

    private static ImmutableDictionary<RegionLevel, (string Zh, string En)> Levels(params ReadOnlySpan<(string Zh, string En)> names)
    {
        var levels = ImmutableDictionary.CreateBuilder<RegionLevel, (string, string)>();
        for (var i = 0; i < names.Length; i++)
            levels.Add((RegionLevel)i, names[i]);
        return levels.ToImmutable();
    }
}
