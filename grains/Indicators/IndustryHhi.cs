using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Herfindahl–Hirschman index of employment over industries: how specialised a place is, by itself.</summary>
public sealed class IndustryHhi : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "industry_hhi",
        NameZh = "行业集中度（HHI）",
        NameEn = "Industry concentration (HHI)",
        Unit = "index",
        Formula = "Σ s², s = division's share of employment in p",
        Source = "Herfindahl; Hirschman 1964",
        Min = 0,
        Max = 1,
        Feeds = [Feed.Employment],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) => [Of(cells, period)];

    /// <summary>The index of a month.</summary>
    internal static Figure Of(CellView cells, Month period)
    {
        // Summed in one order, so that the last digit is the same on every silo.
        var persons = cells.Industries(Measure.Employment).Order(StringComparer.Ordinal)
            .Select(division => (double)cells.Sum(Measure.Employment, period, industry: division)).Where(p => p > 0).ToList();
        var all = persons.Sum();
        return all == 0
            ? Figure.Not(Unavailable.NoDenominator)
            : Figure.Of(
                persons.Sum(p => p / all * (p / all)), new("divisions", persons.Count, "count"), new("employment", all, "persons"));
    }
}
