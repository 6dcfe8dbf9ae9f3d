using ClusterPulse.Aggregation;

namespace ClusterPulse.Explain;

/// <summary>A named part of a place's cells.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Resource name, code or word.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record Piece(PartKind Kind, string Name, string NameZh, string NameEn, CellTable Cells)
{
    /// <summary>What it is of those whom the place is compared with, see <see cref="Comparison"/>.</summary>
    public CellTable Around { get; init; } = new();
}

/// <summary>Cells that a figure is read off.</summary>
/// <param name="Own">Of the place.</param>
/// <param name="Around">Of whom it is compared with; empty where the figure compares with nobody.</param>
internal sealed record Sides(CellTable Own, CellTable Around);
