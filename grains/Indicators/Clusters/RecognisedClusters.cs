using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>How many industries are recognised clusters of a region; of a nation, which has no others to stand among, how many its
/// prefectures have. See <see cref="ClusterList"/>.</summary>
public sealed class RecognisedClusters : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "clusters",
        NameZh = "已认定集群数",
        NameEn = "Recognised clusters",
        Unit = "count",
        Formula = "industries with at least 2 stars for 3 complete months running, until they had fewer for 6",
        Source = "European Cluster Observatory; the months are ClusterPulse's",
        Min = 0,
        Feeds = [Feed.Employment],
        ComparedWith = Peer.Standings,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Standings is not { } standings)
            return [];
        if (!cells.Clusters.IsKnownAt(period))
            return [Figure.Not(Unavailable.NotApplicable)];
        return
        [
            Figure.Of(standings.IsNation
                ? standings.Prefectures.Sum(p => p.At(period).Count())
                : ClusterList.Of(cells, period).Count),
        ];
    }
}
