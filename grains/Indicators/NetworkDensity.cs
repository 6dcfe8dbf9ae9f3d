using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How many of the links that could be between the enterprises of a region there are.</summary>
public sealed class NetworkDensity : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "network_density",
        NameZh = "供应网络密度",
        NameEn = "Density of the supply network",
        Unit = "ratio",
        Formula = "links L ÷ n(n−1): distinct buyer–supplier pairs inside the region over W, n active enterprises",
        Source = "Wasserman & Faust 1994",
        Min = 0,
        Feeds = [Feed.Linkage],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        // Of suppliers it is known in which region they are, not in which estate.
        if (cells.IsEstate)
            return [Figure.Not(Unavailable.NotApplicable)];
        double enterprises = cells.Active(period);
        return [Figure.Ratio(
            new("links", cells.Stock(Measure.NetworkLink, period), "count"), new("possible_links", enterprises * (enterprises - 1), "count"))];
    }
}
