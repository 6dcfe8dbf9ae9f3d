using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Small and medium-sized enterprises (fewer than <see cref="SmallEnterprise.Employed"/> employed) among those that
/// reported employment, and their part of it.</summary>
public sealed class SmeShare : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "sme_share",
        NameZh = "中小企业占比",
        NameEn = "SME share",
        Unit = "ratio",
        Formula = "enterprises with fewer than 500 employed ÷ all, by count and by employment",
        Source = "Guangdong: 98 %",
        Labels = ["by"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Employment],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) =>
    [
        Of(cells, Measure.SizeCount, period, "count").With("by", "count"),
        Of(cells, Measure.SizeEmployment, period, "persons").With("by", "employment"),
    ];

    private static Figure Of(CellView cells, Measure measure, Month period, string unit) => Figure.Ratio(
        new("small_and_medium", cells.Sum(measure, period, size => size == Dimensions.Small), unit),
        new("all", cells.Sum(measure, period), unit));
}
