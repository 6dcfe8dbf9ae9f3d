using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// How deeply foreign investment is rooted in the place, in one number: it buys from many local firms, much from them, and does not
/// hang on one source economy. A composite of this project; its parts are served beside it.
/// </summary>
public sealed class EmbeddednessIndex : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "embeddedness_index",
        NameZh = "外资根植性指数",
        NameEn = "Embeddedness index",
        Unit = "index",
        Formula = "∛(local linkage rate × local sourcing ratio × (1 − top source share)), top source by immediate source",
        Source = "ClusterPulse, after section 2.2.2 of the paper",
        Labels = ["industry"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Fdi, Feed.Linkage],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var rate = LocalLinkageRatio.Of(cells, period);
        var sourcing = LocalSourcingRatio.Of(cells, period);
        var shares = SourceShares.Of(cells, Measure.Fdi, period, out var reason);
        if (shares is null || rate.Value is not { } linked || sourcing.Value is not { } local)
            return [Figure.Not(shares is null ? reason : rate.Value is null ? rate.Reason : sourcing.Reason)];
        var spread = 1 - shares.Top.Share;
        return [Figure.Of(
            Math.Cbrt(linked * local * spread),
            new("local_linkage_ratio", linked, "ratio"), new("local_sourcing_ratio", local, "ratio"), new("other_sources", spread, "ratio"))];
    }
}
