using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Gross output of the month.</summary>
public sealed class Output : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "output_cny",
        NameZh = "总产值",
        NameEn = "Gross output",
        Unit = "CNY",
        Formula = "Σ output of the month",
        Source = "NBS",
        Labels = ["industry"],
        Min = 0,
        Feeds = [Feed.Output],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period) => [MonthMoney.Of(cells, Measure.Output, period, "CNY")];
}

/// <summary>Exports of the month.</summary>
public sealed class Exports : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "export_cny",
        NameZh = "出口交货值",
        NameEn = "Exports",
        Unit = "CNY",
        Formula = "Σ exports of the month",
        Source = "NBS",
        Labels = ["industry"],
        Min = 0,
        Feeds = [Feed.Export],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period) => [MonthMoney.Of(cells, Measure.Export, period, "CNY")];
}

/// <summary>Foreign direct investment that arrived in the month.</summary>
public sealed class FdiUtilised : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_utilised_usd",
        NameZh = "实际使用外资",
        NameEn = "Utilised FDI",
        Unit = "USD",
        Formula = "Σ utilised FDI of the month",
        Source = "MOFCOM",
        Feeds = [Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period) => [MonthMoney.Of(cells, Measure.Fdi, period, "USD")];
}

/// <summary>Persons employed at the end of the month.</summary>
public sealed class Employment : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "employment_persons",
        NameZh = "从业人员",
        NameEn = "Employment",
        Unit = "persons",
        Formula = "Σ persons employed at the end of the month",
        Source = "NBS",
        Labels = ["industry"],
        Min = 0,
        Feeds = [Feed.Employment],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period) => [Figure.Of(cells.Sum(Measure.Employment, period))];
}

/// <summary>A month's sum of money as a figure.</summary>
internal static class MonthMoney
{
    public static Figure Of(CellView cells, Measure measure, Month period, string currency) =>
        cells.Money(measure, period, period, currency) is { } value ? Figure.Of(value) : Figure.Not(Unavailable.NoRate);
}
