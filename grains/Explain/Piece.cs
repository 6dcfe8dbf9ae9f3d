using ClusterPulse.Aggregation;

namespace ClusterPulse.Explain;

/// <summary>A named part of a place's cells.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Resource name, code or word.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record Piece(PartKind Kind, string Name, string NameZh, string NameEn, CellTable Cells);
