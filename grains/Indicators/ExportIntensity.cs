using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Exports by output, twelve months.</summary>
public sealed class ExportIntensity : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "export_intensity",
        NameZh = "出口强度",
        NameEn = "Export intensity",
        Unit = "ratio",
        Formula = "exports ÷ output, W",
        Source = "NBS",
        Labels = ["industry"],
        Min = 0,
        Feeds = [Feed.Output, Feed.Export],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period) =>
        cells.WindowMoney(Measure.Export, period, "CNY") is { } exports && cells.WindowMoney(Measure.Output, period, "CNY") is { } output
            ? [Figure.Ratio(new("exports_cny", exports, "CNY"), new("output_cny", output, "CNY"))]
            : [Figure.Not(Unavailable.NoRate)];
}
