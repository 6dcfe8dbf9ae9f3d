using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How much the growth of output swings: its sample standard deviation over three years.</summary>
public sealed class GrowthVolatility : IIndicator
{
    /// <summary>Months that are looked at.</summary>
    public const int Periods = 36;

    /// <summary>Fewer growth rates than a year's say nothing of how they swing.</summary>
    public const int LeastPeriods = 12;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "growth_volatility",
        NameZh = "增速波动",
        NameEn = "Volatility of growth",
        Unit = "ratio",
        Formula = "standard deviation (n−1) of comparable year-on-year output growth over the complete months of p−35 … p",
        Source = "ClusterPulse, after section 2.1.5 of the paper",
        Min = 0,
        Feeds = [Feed.Output],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var reporting = cells.Completeness(Feed.Output);
        var rates = new List<double>(Periods);
        for (var p = period - (Periods - 1); p <= period; p += 1)
        {
            if (reporting.IsComplete(p) && Growth.Comparable(cells, Feed.Output, 12, p).Value is { } rate)
                rates.Add(rate);
        }
        if (rates.Count < LeastPeriods)
            return [Figure.Not(Unavailable.NotApplicable, new Operand("periods", rates.Count, "count"))];
        return [Figure.Of(Deviation(rates), new("periods", rates.Count, "count"), new("mean_growth", rates.Average(), "ratio"))];
    }

    /// <summary>Standard deviation of a sample (n − 1) of two values at least.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
