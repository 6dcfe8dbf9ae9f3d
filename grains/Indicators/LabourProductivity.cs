using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Output of twelve months per person employed.</summary>
public sealed class LabourProductivity : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "labour_productivity_cny",
        NameZh = "劳动生产率",
        NameEn = "Labour productivity",
        Unit = "CNY",
        Formula = "output over W ÷ mean of the twelve employment stocks",
        Source = "NBS",
        Min = 0,
        Feeds = [Feed.Output, Feed.Employment],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.WindowMoney(Measure.Output, period, "CNY") is not { } output)
            return [Figure.Not(Unavailable.NoRate)];
        var persons = 0L;
        for (var p = period - 11; p <= period; p += 1)
            persons += cells.Sum(Measure.Employment, p);
        return [Figure.Ratio(new("output_cny", output, "CNY"), new("mean_employment", persons / 12d, "persons"))];
    }
}
