using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>From how many enterprises of the region one that buys inside it does so.</summary>
public sealed class NetworkMeanSuppliers : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "network_mean_suppliers",
        NameZh = "平均供应商数",
        NameEn = "Mean suppliers per buyer",
        Unit = "count",
        Formula = "links inside the region over W ÷ enterprises that are the buyer of one",
        Source = "Wasserman & Faust 1994",
        Min = 1,
        Feeds = [Feed.Linkage],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period) =>
    [
        cells.IsEstate
            ? Figure.Not(Unavailable.NotApplicable)
            : Figure.Ratio(
                new("links", cells.Stock(Measure.NetworkLink, period), "count"),
                new("buyers", cells.Stock(Measure.NetworkBuyer, period), "count")),
    ];
}
