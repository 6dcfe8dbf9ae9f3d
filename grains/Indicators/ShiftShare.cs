using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// Where a year's change of employment comes from: the nation's growth, the mix of industries, or the place itself. The three add up
/// to the change exactly. Dunn, E. S. (1960), "A statistical and analytical technique for regional analysis", Papers of the Regional
/// Science Association 6.
/// </summary>
public sealed class ShiftShare : IIndicator
{
    private const int Span = 12;
    private static readonly string[] Names = ["national", "mix", "competitive"];

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "shift_share_persons",
        NameZh = "偏离—份额分析",
        NameEn = "Shift-share of employment",
        Unit = "persons",
        Formula = "national Σᵢ eᵢᵣ·g, mix Σᵢ eᵢᵣ·(gᵢ − g), competitive Σᵢ (e′ᵢᵣ − eᵢᵣ·(1 + gᵢ)); e of p−12, e′ of p, g the nation's growth",
        Source = "Dunn 1960",
        Labels = ["effect"],
        Feeds = [Feed.Employment],
        ComparedWith = Peer.Nation,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Nation is not { } nation)
            return [];
        var before = period - Span;
        if (!cells.Completeness(Feed.Employment).IsComplete(before) || !nation.Completeness(Feed.Employment).IsComplete(before))
            return Effects(_ => Figure.Not(Unavailable.Incomplete));
        var growth = Growth("");
        if (growth is not { } g)
            return Effects(_ => Figure.Not(Unavailable.NoDenominator));
        double mix = 0, competitive = 0, then = 0, now = 0;
        foreach (var division in nation.Industries(Measure.Employment).Order(StringComparer.Ordinal))
        {
            double own = cells.Sum(Measure.Employment, before, industry: division);
            double later = cells.Sum(Measure.Employment, period, industry: division);
            // An industry that the nation had none of has no growth rate: all that is new of it is the place's own.
            var industry = Growth(division) ?? 0;
            mix += own * (industry - g);
            competitive += later - (own * (1 + industry));
            (then, now) = (then + own, now + later);
        }
        Operand[] operands = [new("employment_then", then, "persons"), new("employment_now", now, "persons"), new("growth_of_nation", g, "ratio")];
        return Effects(effect => Figure.Of(effect switch { "national" => then * g, "mix" => mix, _ => competitive }, [.. operands]));

        double? Growth(string division)
        {
            double from = nation.Sum(Measure.Employment, before, industry: division);
            return from > 0 ? (nation.Sum(Measure.Employment, period, industry: division) / from) - 1 : null;
        }
    }

    private static IEnumerable<Figure> Effects(Func<string, Figure> figure) =>
        Names.Select(effect => figure(effect).With("effect", effect));
}
