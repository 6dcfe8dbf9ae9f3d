using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Share of the links inside a region whose reverse is a link too: firms that buy from each other.</summary>
public sealed class NetworkReciprocity : IIndicator
{
    private const int BothWays = 2;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "network_reciprocity",
        NameZh = "供应网络互惠度",
        NameEn = "Reciprocity of the supply network",
        Unit = "ratio",
        Formula = "links whose reverse is a link ÷ links inside the region, W; up to the locality",
        Source = "Wasserman & Faust 1994",
        Min = 0,
        Max = 1,
        Feeds = [Feed.Linkage],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var links = cells.Stock(Measure.NetworkLink, period);
        var (known, reciprocal) = (0L, 0L);
        foreach (var pair in cells.Series(Measure.NetworkPair).Values)
        {
            var directions = pair.UpTo(period);
            known += directions;
            if (directions == BothWays)
                reciprocal += directions;
        }
        // Above the locality pairs are not kept.
        return [cells.IsEstate || known != links
            ? Figure.Not(Unavailable.NotApplicable)
            : Figure.Ratio(new("reciprocal_links", reciprocal, "count"), new("links", links, "count"))];
    }
}
