using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>For how many complete months running the place's share of FDI has been lower than a year before: one bad month is
/// chance, several are a shift.</summary>
public sealed class FdiShareLosingPeriods : IIndicator
{
    /// <summary>It is not counted further than this.</summary>
    public const int Most = 12;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_share_losing_periods",
        NameZh = "外资份额连续下降期数",
        NameEn = "Months running that lost FDI share",
        Unit = "count",
        Formula = "complete months up to p, without a break, in which the shift of FDI share is negative; at most 12",
        Source = "ClusterPulse",
        Labels = ["among"],
        Min = 0,
        Max = Most,
        Feeds = [Feed.Fdi],
        ComparedWith = Peer.Parent,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Parent is not { } parent)
            return [];
        var newest = FdiShareChange.Of(cells, parent, period);
        if (newest.Value is null)
            return [newest.With("among", "siblings")];
        var months = 0;
        while (months < Most && IsComplete(cells, period - months) && IsComplete(parent, period - months)
            && FdiShareChange.Of(cells, parent, period - months).Value < 0)
        {
            months++;
        }
        return [Figure.Of(months, newest.Operands).With("among", "siblings")];

        // Where nobody has to report, nothing is missing.
        static bool IsComplete(CellView view, Month month) =>
            view.Completeness(Feed.Fdi).Months.Count == 0 || view.Completeness(Feed.Fdi).IsComplete(month);
    }
}
