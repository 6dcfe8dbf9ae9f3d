using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// How far the place's mix of industries is from the nation's, the place included: 0 the same, 2 nothing in common.
/// Krugman, P. (1991), Geography and Trade, MIT Press.
/// </summary>
public sealed class KrugmanSpecialisation : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "krugman_specialisation",
        NameZh = "克鲁格曼专业化指数",
        NameEn = "Krugman specialisation index",
        Unit = "index",
        Formula = "Σᵢ |sᵢᵣ − sᵢ|, s = division's share of employment in p",
        Source = "Krugman 1991",
        Min = 0,
        Max = 2,
        Feeds = [Feed.Employment],
        ComparedWith = Peer.Nation,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Nation is not { } nation)
            return [];
        double here = cells.Sum(Measure.Employment, period);
        double there = nation.Sum(Measure.Employment, period);
        Operand[] operands = [new("employment", here, "persons"), new("employment_of_nation", there, "persons")];
        if (here <= 0 || there <= 0)
            return [Figure.Not(Unavailable.NoDenominator, [.. operands])];
        var distance = nation.Industries(Measure.Employment).Order(StringComparer.Ordinal).Sum(division => Math.Abs(
            (cells.Sum(Measure.Employment, period, industry: division) / here)
            - (nation.Sum(Measure.Employment, period, industry: division) / there)));
        return [Figure.Of(distance, [.. operands])];
    }
}
