using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Share of the links of a year ago between foreign-funded buyers and local suppliers that are still alive.</summary>
public sealed class LinkSurvivalRatio : IIndicator
{
    private const int Year = LinkSpans.Window;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "link_survival_ratio",
        NameZh = "配套关系存续率",
        NameEn = "Survival of links",
        Unit = "ratio",
        Formula = "links alive in W(p−12) that are alive in W(p) ÷ links alive in W(p−12)",
        Source = "ClusterPulse, after section 2.1.5 of the paper",
        Min = 0,
        Max = 1,
        Feeds = [Feed.Linkage],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        // Without a full window of reports before p−12 few links were known then, and those that were are no fair sample.
        if (!cells.Completeness(Feed.Linkage).Months.ContainsKey(period - Year - (LinkSpans.Window - 1)))
            return [Figure.Not(Unavailable.NotApplicable)];
        // A link is a buyer's purchase from one supplier, and stocks by supplier count their buyers.
        return [Figure.Ratio(
            new("survived", cells.Stock(Measure.LinkSurvived, period), "count"),
            new("links_then", cells.Stock(Measure.SupplierReached, period - Year), "count"))];
    }
}
