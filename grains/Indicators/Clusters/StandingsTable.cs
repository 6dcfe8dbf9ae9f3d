using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>What the regions of a nation need to know of each other, on its way down: not what each has, but what it takes to be
/// among the first, how each industry is spread, and what lies in recognised clusters.</summary>
/// <param name="Stamp">Differs between any two tables.</param>
/// <param name="Nation">The nation's part, see <see cref="Standings.PartOf"/>; encoded by <see cref="CellTable.Encode"/>.</param>
/// <param name="Levels">What it takes to be among the first, by level and month.</param>
/// <param name="Spreads">How industries are spread over prefectures, by nation or province and month.</param>
/// <param name="Clusters">Prefectures that ever had a recognised cluster, in order of code.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.StandingsTable")]
public sealed record StandingsTable(
    [property: Id(0)] string Stamp,
    [property: Id(1)] byte[] Nation,
    [property: Id(2)] ImmutableArray<LevelMonth> Levels,
    [property: Id(3)] ImmutableArray<SpreadMonth> Spreads,
    [property: Id(4)] ImmutableArray<ClusteredPrefecture> Clusters);

/// <summary>All regions of a level in a month.</summary>
/// <param name="Level">province, prefecture, county.</param>
/// <param name="Period">The month.</param>
/// <param name="Regions">Those with an active enterprise.</param>
/// <param name="Divisions">Divisions in which one of them employs enough for a cluster.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.LevelMonth")]
public sealed record LevelMonth(
    [property: Id(0)] string Level, [property: Id(1)] Month Period, [property: Id(2)] int Regions, [property: Id(3)] ImmutableArray<CutOff> Divisions);

/// <summary>What it takes to be among the first tenth: the values of rank ⌈n ÷ 10⌉ of n regions, 0 where fewer have the industry.</summary>
/// <param name="Division">The industry.</param>
/// <param name="Persons">By employment.</param>
/// <param name="Share">By the industry's share of the region's employment.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.CutOff")]
public readonly record struct CutOff([property: Id(0)] string Division, [property: Id(1)] long Persons, [property: Id(2)] double Share);

/// <summary>How employment is spread over the prefectures of a nation or province.</summary>
/// <param name="Code">The nation or province.</param>
/// <param name="Period">The month.</param>
/// <param name="Prefectures">Those with an active enterprise.</param>
/// <param name="Squares">Σ x², x = a prefecture's share of all employment.</param>
/// <param name="Divisions">Divisions with any employment.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SpreadMonth")]
public sealed record SpreadMonth(
    [property: Id(0)] string Code, [property: Id(1)] Month Period, [property: Id(2)] int Prefectures, [property: Id(3)] double Squares,
    [property: Id(4)] ImmutableArray<DivisionSpread> Divisions);

/// <summary>How one industry is spread.</summary>
/// <param name="Division">The industry.</param>
/// <param name="G">Σ (s − x)², s = a prefecture's share of the industry's employment.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.DivisionSpread")]
public readonly record struct DivisionSpread([property: Id(0)] string Division, [property: Id(1)] double G);

/// <summary>A prefecture that has or had a recognised cluster.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Above">Codes of the regions that it lies in.</param>
/// <param name="Spans">From when to when its clusters were recognised.</param>
/// <param name="Cells">Its part of the standings, of these divisions.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ClusteredPrefecture")]
public sealed record ClusteredPrefecture(
    [property: Id(0)] string Code, [property: Id(1)] ImmutableArray<string> Above, [property: Id(2)] ImmutableArray<ClusterSpan> Spans,
    [property: Id(3)] byte[] Cells);

/// <summary>Months in which an industry was a recognised cluster.</summary>
/// <param name="Division">The industry.</param>
/// <param name="From">The first month.</param>
/// <param name="Until">The first month that it was none again; null where it still is one.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ClusterSpan")]
public readonly record struct ClusterSpan([property: Id(0)] string Division, [property: Id(1)] Month From, [property: Id(2)] Month? Until)
{
    public bool Covers(Month period) => period >= From && (Until is not { } until || period < until);
}
