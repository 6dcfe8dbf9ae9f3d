using System.Collections.Immutable;

namespace ClusterPulse.Facts;

/// <summary>Regions of one nation that compete for the same investment, and what of it is watched in particular.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.RivalSet")]
public sealed record RivalSet
{
    /// <summary>Most regions of a set.</summary>
    public const int MostRegions = 50;

    /// <summary>Most sources, and most industries, of a set: each pair of them is a figure of every region.</summary>
    public const int MostWatched = 10;

    [Id(0)] public required string Id { get; init; }

    [Id(1)] public string NameZh { get; init; } = "";

    [Id(2)] public string NameEn { get; init; } = "";

    /// <summary>Codes of at least two regions, none inside another.</summary>
    [Id(3)] public required ImmutableArray<string> Regions { get; init; }

    /// <summary>ISO 3166 alpha-2 of sources to watch in particular.</summary>
    [Id(4)] public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>GB/T 4754 codes of two to four digits; a code takes in all that begin with it.</summary>
    [Id(5)] public ImmutableArray<string> Industries { get; init; } = [];

    /// <summary>Goes up with each change of the set.</summary>
    [Id(6)] public long Version { get; init; }

    /// <summary>The set of each region. A region is in one set at most; where two were stored at the same moment, the first by id holds.</summary>
    public static ImmutableDictionary<string, RivalSet> ByRegion(IEnumerable<RivalSet> sets)
    {
        var byRegion = ImmutableDictionary.CreateBuilder<string, RivalSet>(StringComparer.Ordinal);
        foreach (var set in sets.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            foreach (var region in set.Regions)
                byRegion.TryAdd(region, set);
        }
        return byRegion.ToImmutable();
    }
}

/// <summary>A rival set as it is from now on.</summary>
/// <param name="Set">The set; its own version does not count.</param>
/// <param name="ExpectedVersion">The version that is replaced, 0 where there is none; another one fails the change.</param>
/// <param name="Deleted">It is taken back.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reason">Why.</param>
public sealed record RivalSetStored(RivalSet Set, long ExpectedVersion, bool Deleted, string DecidedBy, string Reason) : Change;
