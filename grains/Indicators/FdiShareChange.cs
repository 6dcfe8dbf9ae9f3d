using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How the place's share of the FDI of the region above it has shifted within a year: its gain is its siblings' loss.</summary>
public sealed class FdiShareChange : IIndicator
{
    internal const int Span = 12;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_share_change",
        NameZh = "外资份额变动",
        NameEn = "Shift of FDI share",
        Unit = "ratio",
        Formula = "FDI ÷ the parent's FDI over W(p), minus the same over W(p−12)",
        Source = "the paper: Suzhou replacing Dongguan",
        Labels = ["among"],
        Feeds = [Feed.Fdi],
        ComparedWith = Peer.Parent,
    };

    public IEnumerable<Figure> At(CellView cells, Month period) =>
        cells.Around.Parent is { } parent ? [Of(cells, parent, period).With("among", "siblings")] : [];

    /// <summary>The change at a month; it needs reports that go back a full window before the earlier one.</summary>
    internal static Figure Of(CellView cells, CellView parent, Month period)
    {
        if (!parent.Completeness(Feed.Fdi).Months.ContainsKey(period - Span - 11))
            return Figure.Not(Unavailable.NotApplicable);
        if (Fdi(cells, period) is not { } now || Fdi(parent, period) is not { } allNow
            || Fdi(cells, period - Span) is not { } then || Fdi(parent, period - Span) is not { } allThen)
        {
            return Figure.Not(Unavailable.NoRate);
        }
        Operand[] operands =
            [new("fdi_now", now, "USD"), new("fdi_of_parent_now", allNow, "USD"), new("fdi_then", then, "USD"), new("fdi_of_parent_then", allThen, "USD")];
        return allNow <= 0 || allThen <= 0
            ? Figure.Not(Unavailable.NoDenominator, [.. operands])
            : Figure.Of((now / allNow) - (then / allThen), [.. operands]);
    }

    private static double? Fdi(CellView view, Month period) => view.WindowMoney(Measure.Fdi, period, "USD");
}
