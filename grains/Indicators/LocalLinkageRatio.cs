using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Share of foreign-funded enterprises that bought from a local supplier within twelve months.</summary>
public sealed class LocalLinkageRatio : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "local_linkage_ratio",
        NameZh = "本地配套率",
        NameEn = "Local linkage rate",
        Unit = "ratio",
        Formula = "foreign-funded enterprises with a local purchase in W ÷ foreign-funded enterprises, both active in p",
        Source = "Suzhou about 2004: 175 of 2,100",
        Labels = ["industry"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Linkage],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period) => [Of(cells, period)];

    /// <summary>The rate of a month.</summary>
    internal static Figure Of(CellView cells, Month period) => Figure.Ratio(
        new("linked", cells.Stock(Measure.Linked, period), "count"),
        new("foreign_funded", cells.Active(period, Kinds.IsForeignFunded), "count"));
}
