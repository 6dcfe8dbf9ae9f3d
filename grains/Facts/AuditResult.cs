using System.Collections.Immutable;
using ClusterPulse.Indicators;

namespace ClusterPulse.Facts;

/// <summary>What an audit found.</summary>
/// <param name="Places">Places compared.</param>
/// <param name="Cells">Cells compared.</param>
/// <param name="Differences">Cells that are not what the facts say.</param>
/// <param name="Samples">The first of these.</param>
/// <param name="Figures">Figures compared.</param>
/// <param name="FigureDifferences">Figures that are not what the facts say.</param>
/// <param name="FigureSamples">The first of these.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.AuditResult")]
public sealed record AuditResult(
    [property: Id(0)] long Places,
    [property: Id(1)] long Cells,
    [property: Id(2)] long Differences,
    [property: Id(3)] IReadOnlyList<CellDifference> Samples,
    [property: Id(4)] long Figures,
    [property: Id(5)] long FigureDifferences,
    [property: Id(6)] List<FigureDifference> FigureSamples);

/// <summary>What is audited.</summary>
/// <param name="Place">Null: all.</param>
/// <param name="Listed">Places all of whose compared figures are wanted, equal or not.</param>
public readonly record struct AuditScope(string? Place, ImmutableArray<string> Listed)
{
    /// <summary>Without a list of figures.</summary>
    public static AuditScope Of(string? place) => new(place, []);
}

/// <summary>An audit with figures as both sides have them.</summary>
/// <param name="Result">What it found.</param>
/// <param name="Figures">All compared figures of the places that were to be listed.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.AuditListing")]
public sealed record AuditListing([property: Id(0)] AuditResult Result, [property: Id(1)] ImmutableArray<FigureDifference> Figures);

/// <summary>A cell that is not what the facts say.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.CellDifference")]
public sealed record CellDifference(
    [property: Id(0)] string Place,
    [property: Id(1)] string Measure,
    [property: Id(2)] string Industry,
    [property: Id(3)] string Dimension,
    [property: Id(4)] Month Period,
    [property: Id(5)] long Live,
    [property: Id(6)] long Recomputed);

/// <summary>A figure as both sides have it: where it is listed for itself, they may agree.</summary>
/// <param name="Place">See <see cref="Aggregation.Places"/>.</param>
/// <param name="Indicator">Id.</param>
/// <param name="Labels">As <c>name=value</c> joined by commas, sorted.</param>
/// <param name="Live">What the product gives; null: no such figure.</param>
/// <param name="Recomputed">What the facts say; null: no such figure.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.FigureDifference")]
public sealed record FigureDifference(
    [property: Id(0)] string Place,
    [property: Id(1)] string Indicator,
    [property: Id(2)] string Labels,
    [property: Id(3)] AuditedFigure? Live,
    [property: Id(4)] AuditedFigure? Recomputed);

/// <summary>One side's figure.</summary>
/// <param name="Period">The month it is given for.</param>
/// <param name="Value">Null where there is none.</param>
/// <param name="Reason">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.AuditedFigure")]
public sealed record AuditedFigure(
    [property: Id(0)] Month Period, [property: Id(1)] double? Value, [property: Id(2)] Unavailable Reason);
