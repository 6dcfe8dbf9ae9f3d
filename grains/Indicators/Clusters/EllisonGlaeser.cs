using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>
/// How much more an industry is concentrated in few prefectures than its enterprises would be if each had chosen its place by chance: 0
/// as by chance, above 0.05 strongly. Ellison, G. and Glaeser, E. L. (1997), "Geographic concentration in U.S. manufacturing
/// industries: a dartboard approach", Journal of Political Economy 105.
/// </summary>
public sealed class EllisonGlaeser : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "ellison_glaeser_gamma",
        NameZh = "EG 集聚指数",
        NameEn = "Ellison–Glaeser agglomeration index",
        Unit = "index",
        Formula = "(G ÷ (1 − Σ x²) − H) ÷ (1 − H), G = Σ (s − x)² over prefectures, s and x their shares of the industry's and of all "
            + "employment, H = Σ (enterprise's share of the industry's employment)²",
        Source = "Ellison & Glaeser 1997",
        Labels = ["industry"],
        Feeds = [Feed.Employment],
        ComparedWith = Peer.Standings,
    };

    public int CellLevel => CellLevels.Third;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Standings is not { IsAbovePrefectures: true } standings || standings.Spread(period) is not { } spread)
            return [];
        return cells.Industries(Measure.Employment).Order(StringComparer.Ordinal)
            .Where(division => cells.Sum(Measure.Employment, period, industry: division) > 0)
            .Select(division => Of(cells, spread, division).With("industry", division));
    }

    private static Figure Of(CellView cells, SpreadMonth spread, string division)
    {
        if (spread.Prefectures < 2)
            return Figure.Not(Unavailable.NotApplicable);
        var persons = (Int128)cells.Sum(Measure.Employment, spread.Period, industry: division);
        var squares = ((Int128)cells.Sum(Measure.EmploymentSquare, spread.Period, half => half == Dimensions.High, division) << 32)
            + cells.Sum(Measure.EmploymentSquare, spread.Period, half => half == Dimensions.Low, division);
        var own = spread.Divisions.FirstOrDefault(d => d.Division == division);
        // One enterprise alone, or one prefecture: nothing could be concentrated any more.
        if (own.Division is null || squares >= persons * persons || spread.Squares >= 1)
            return Figure.Not(Unavailable.NoDenominator);
        var h = (double)squares / ((double)persons * (double)persons);
        return Figure.Of(
            ((own.G / (1 - spread.Squares)) - h) / (1 - h),
            new("g", own.G, "index"),
            new("enterprise_hhi", h, "index"),
            new("squared_shares", spread.Squares, "index"),
            new("prefectures", spread.Prefectures, "count"));
    }
}
