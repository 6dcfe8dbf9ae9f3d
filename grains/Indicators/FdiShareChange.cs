using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How the place's share of the FDI of the region above it, or of its declared rivals, has shifted within a year: its gain is
/// their loss.</summary>
/// <param name="among">The parent's children, or the rivals.</param>
public sealed class FdiShareChange(Peer among) : IIndicator
{
    public FdiShareChange() : this(Peer.Parent)
    {
    }

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_share_change",
        NameZh = "外资份额变动",
        NameEn = "Shift of FDI share",
        Unit = "ratio",
        Formula = "FDI ÷ that of the parent, or of the rival set, over W(p), minus the same over W(p−12); among rivals also by the sources and industries that the set names",
        Source = "the paper: Suzhou replacing Dongguan",
        Labels = ["among", "source", "industry"],
        Feeds = [Feed.Fdi],
        ComparedWith = among,
    };

    public IReadOnlyList<IIndicator> Also { get; } = among == Peer.Parent ? [new FdiShareChange(Peer.Rivals)] : [];

    public IEnumerable<Figure> At(CellView cells, Month period) => FdiShare.Of(cells, among).Select(s => s.Change(cells, period));
}
