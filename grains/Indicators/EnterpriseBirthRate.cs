using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How many enterprises were first active within twelve months, for each that was active before them.</summary>
public sealed class EnterpriseBirthRate : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "enterprise_birth_rate",
        NameZh = "企业新生率",
        NameEn = "Enterprise birth rate",
        Unit = "ratio",
        Formula = "enterprises first active within W ÷ enterprises active at p−12",
        Source = "Eurostat–OECD Manual on Business Demography Statistics 2007",
        Min = 0,
        Feeds = [Feed.Employment],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period) => [OfActive(cells, Measure.Births, "births", period)];

    /// <summary>What happened to enterprises within twelve months, for each that was active before them.</summary>
    internal static Figure OfActive(CellView cells, Measure measure, string name, Month period) => Figure.Ratio(
        new(name, cells.Series(measure).Values.Sum(series => series.Window(period)), "count"),
        new("active_then", cells.Active(period - 12), "count"));
}
