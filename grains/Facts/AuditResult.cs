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

/// <summary>A figure that is not what the facts say.</summary>
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
