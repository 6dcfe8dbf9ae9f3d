using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Placement;

namespace ClusterPulse.Leading;

/// <summary>Ranks the enterprises of a place; key 0.</summary>
[Alias("ClusterPulse.ILeadingGrain")]
public interface ILeadingGrain : IGrainWithIntegerKey
{
    /// <summary>The leading enterprises, the first first.</summary>
    [Alias("Rank"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<ImmutableArray<LeadingEnterprise>> RankAsync(LeadingQuery query);
}

/// <summary>Which enterprises are asked for.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.LeadingQuery")]
public sealed record LeadingQuery
{
    /// <summary>A region up to the locality, or an estate.</summary>
    [Id(0)] public required string Place { get; init; }

    [Id(1)] public required LeadingBy By { get; init; }

    /// <summary>Last month of the window.</summary>
    [Id(2)] public required Month Period { get; init; }

    /// <summary>At most so many.</summary>
    [Id(3)] public required int Count { get; init; }
}

/// <summary>By what enterprises are ranked.</summary>
public enum LeadingBy : byte
{
    /// <summary>Output over twelve months.</summary>
    Output = 1,

    /// <summary>How many enterprises of the region they buy from.</summary>
    Suppliers = 2,
}

/// <summary>One leading enterprise.</summary>
/// <param name="Id">Its id.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Output">Over the twelve months, while it was in the place, CNY; null where a rate is missing.</param>
/// <param name="Share">Of the place's output, 0..1.</param>
/// <param name="Suppliers">Enterprises of the region that it bought from in the twelve months; null for estates.</param>
/// <param name="SuppliersYearBefore">The same a year before.</param>
/// <param name="SuppliersLost">Those of a year before that are none of those now.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.LeadingEnterprise")]
public sealed record LeadingEnterprise(
    [property: Id(0)] string Id,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    [property: Id(3)] double? Output,
    [property: Id(4)] double? Share,
    [property: Id(5)] long? Suppliers,
    [property: Id(6)] long? SuppliersYearBefore,
    [property: Id(7)] long? SuppliersLost);
