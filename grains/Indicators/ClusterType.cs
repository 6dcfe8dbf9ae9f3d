using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// Grown from within or around foreign investment: a state for each type, 1 for the one that the place is in. It is entered by the
/// foreign share of output and left only when the share is clearly beyond its border, so that it does not flicker.
/// </summary>
public sealed class ClusterType : IIndicator
{
    /// <summary>Up to this foreign share of output: endogenous.</summary>
    public const double EndogenousUpTo = 0.2;

    /// <summary>From this foreign share of output on: embedding.</summary>
    public const double EmbeddingFrom = 0.5;

    /// <summary>How far beyond its border a share must be for the place to leave its type.</summary>
    public const double Beyond = 0.02;

    private static readonly string[] Types = ["endogenous", "mixed", "embedding"];

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "cluster_type",
        NameZh = "集群类型",
        NameEn = "Type of cluster",
        Unit = "index",
        Formula = "by foreign share of output over W: endogenous ≤ 0.2, embedding ≥ 0.5, else mixed; left when 0.02 beyond; 1 for the type it is",
        Source = "sections 1.5 and 2 of the paper",
        Labels = ["industry", "type"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Output],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        int? type = null;
        var since = period;
        Figure share = Figure.Not(Unavailable.NoDenominator);
        foreach (var (month, coverage) in cells.Completeness(Feed.Output).Months)
        {
            if (month > period || (!coverage.IsComplete && month != period))
                continue;
            share = ForeignShare.OfOutput(cells, month);
            if (share.Value is not { } value)
                continue;
            var next = type is { } held && !HasLeft(held, value) ? held : Plain(value);
            if (next != type)
                (type, since) = (next, month);
        }
        if (type is not { } now || share.Value is not { } last)
            return Types.Select(t => Figure.Not(share.Reason).With("type", t));
        var operands = new[] { new Operand("foreign_share", last, "ratio"), new Operand("months_in_type", period - since + 1, "count") };
        return Types.Select((t, i) => Figure.Of(i == now ? 1 : 0, [.. operands]).With("type", t));
    }

    private static int Plain(double share) => share <= EndogenousUpTo ? 0 : share >= EmbeddingFrom ? 2 : 1;

    private static bool HasLeft(int type, double share) => type switch
    {
        0 => share > EndogenousUpTo + Beyond,
        2 => share < EmbeddingFrom - Beyond,
        _ => share < EndogenousUpTo - Beyond || share > EmbeddingFrom + Beyond,
    };
}
