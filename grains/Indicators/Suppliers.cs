using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Distinct local suppliers of the place's foreign-funded enterprises within twelve months.</summary>
public sealed class SuppliersReached : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "suppliers_reached",
        NameZh = "配套本地供应商数",
        NameEn = "Local suppliers reached",
        Unit = "count",
        Formula = "distinct local suppliers of the place's foreign-funded enterprises, W",
        Source = "Suzhou about 2004: 134",
        Min = 0,
        Feeds = [Feed.Linkage],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) => [Figure.Of(cells.DistinctStock(Measure.SupplierReached, period))];
}

/// <summary>Distinct local suppliers that lie in the place. From the locality up it equals <see cref="SuppliersReached"/>.</summary>
public sealed class LinkedSuppliers : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "linked_suppliers",
        NameZh = "区域内配套供应商数",
        NameEn = "Linked suppliers located here",
        Unit = "count",
        Formula = "distinct local suppliers located in the region, W",
        Source = "Suzhou about 2004: 134",
        Min = 0,
        Feeds = [Feed.Linkage],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) => [Figure.Of(cells.DistinctStock(Measure.LinkedSupplier, period))];
}
