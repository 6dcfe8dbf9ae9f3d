using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Whether the place attracts more or less foreign direct investment than its weight in the nation's output: 1 is its
/// weight. After UNCTAD's Inward FDI Performance Index, with output of this system instead of GDP.</summary>
public sealed class FdiPerformanceIndex : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_performance_index",
        NameZh = "吸收外资业绩指数",
        NameEn = "Inward FDI performance index",
        Unit = "index",
        Formula = "(FDI ÷ the nation's FDI) ÷ (output ÷ the nation's output), W",
        Source = "UNCTAD, World Investment Report 2002",
        Feeds = [Feed.Output, Feed.Fdi],
        ComparedWith = Peer.Nation,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Nation is not { } nation)
            return [];
        if (Fdi(cells) is not { } fdi || Fdi(nation) is not { } fdiOfNation || Output(cells) is not { } output || Output(nation) is not { } outputOfNation)
            return [Figure.Not(Unavailable.NoRate)];
        Operand[] operands =
        [
            new("fdi_usd", fdi, "USD"), new("fdi_of_nation_usd", fdiOfNation, "USD"), new("output_cny", output, "CNY"),
            new("output_of_nation_cny", outputOfNation, "CNY"),
        ];
        return [fdiOfNation <= 0 || output <= 0 || outputOfNation <= 0
            ? Figure.Not(Unavailable.NoDenominator, [.. operands])
            : Figure.Of(fdi / fdiOfNation / (output / outputOfNation), [.. operands])];

        double? Fdi(CellView view) => view.WindowMoney(Measure.Fdi, period, "USD");

        double? Output(CellView view) => view.WindowMoney(Measure.Output, period, "CNY");
    }
}
