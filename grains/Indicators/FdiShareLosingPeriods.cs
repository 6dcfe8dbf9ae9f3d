using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>For how many complete months running the place's share of FDI has been lower than a year before: one bad month is
/// chance, several are a shift.</summary>
/// <param name="among">The parent's children, or the rivals.</param>
public sealed class FdiShareLosingPeriods(Peer among) : IIndicator
{
    public FdiShareLosingPeriods() : this(Peer.Parent)
    {
    }

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_share_losing_periods",
        NameZh = "外资份额连续下降期数",
        NameEn = "Months running that lost FDI share",
        Unit = "count",
        Formula = "complete months up to p, without a break, in which the shift of FDI share is negative; at most 12",
        Source = "ClusterPulse",
        Labels = ["among", "source", "industry"],
        Min = 0,
        Max = FdiShare.Most,
        Feeds = [Feed.Fdi],
        ComparedWith = among,
    };

    public IReadOnlyList<IIndicator> Also { get; } = among == Peer.Parent ? [new FdiShareLosingPeriods(Peer.Rivals)] : [];

    public IEnumerable<Figure> At(CellView cells, Month period) => FdiShare.Of(cells, among).Select(s => s.LosingPeriods(cells, period));
}
