using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Estates of the region with at least one linked foreign-funded enterprise.</summary>
public sealed class EstatesLinked : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "estates_linked",
        NameZh = "有配套关系的园区数",
        NameEn = "Estates with linkage",
        Unit = "count",
        Formula = "estates of the region with at least one linked foreign-funded enterprise",
        Source = "Suzhou about 2004: 5 of 14",
        Min = 0,
        Feeds = [Feed.Linkage],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var estates = cells.Stock(Measure.Estates, period);
        return [estates == 0
            ? Figure.Not(Unavailable.NotApplicable)
            : Figure.Of(cells.DistinctStock(Measure.EstateLinked, period), new Operand("estates", estates, "count"))];
    }
}

/// <summary>Estates of the region.</summary>
public sealed class Estates : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "estates",
        NameZh = "园区数",
        NameEn = "Estates",
        Unit = "count",
        Formula = "registered estates of the region",
        Source = "register",
        Min = 0,
        Feeds = [Feed.Linkage],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var estates = cells.Stock(Measure.Estates, period);
        return [estates == 0 ? Figure.Not(Unavailable.NotApplicable) : Figure.Of(estates)];
    }
}
