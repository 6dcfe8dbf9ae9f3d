using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Share of the purchases of foreign-funded enterprises that goes to local suppliers.</summary>
public sealed class LocalSourcingRatio : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "local_sourcing_ratio",
        NameZh = "本地采购比例",
        NameEn = "Local sourcing ratio",
        Unit = "ratio",
        Formula = "purchases from local suppliers ÷ all purchases, of foreign-funded enterprises over W",
        Source = "Javorcik 2004; OECD FDI Qualities",
        Labels = ["industry"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Linkage],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period) => [Of(cells, period)];

    /// <summary>The ratio of a month.</summary>
    internal static Figure Of(CellView cells, Month period)
    {
        var local = cells.WindowMoney(Measure.Purchases, period, "CNY", where => where == Dimensions.Local);
        var all = cells.WindowMoney(Measure.Purchases, period, "CNY");
        if (local is null || all is null)
            return Figure.Not(Unavailable.NoRate);
        return Figure.Ratio(new("local_purchases", local.Value, "CNY"), new("purchases", all.Value, "CNY"));
    }
}
