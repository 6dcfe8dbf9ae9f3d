using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How many enterprises closed within twelve months, for each that was active before them.</summary>
public sealed class EnterpriseDeathRate : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "enterprise_death_rate",
        NameZh = "企业消亡率",
        NameEn = "Enterprise death rate",
        Unit = "ratio",
        Formula = "enterprises closed within W and not opened again ÷ enterprises active at p−12",
        Source = "Eurostat–OECD Manual on Business Demography Statistics 2007",
        Min = 0,
        Feeds = [Feed.Employment],
    };

    public int CellLevel => CellLevels.Second;

    public IEnumerable<Figure> At(CellView cells, Month period) =>
        [EnterpriseBirthRate.OfActive(cells, Measure.Deaths, "deaths", period)];
}
