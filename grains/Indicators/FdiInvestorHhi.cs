using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// Herfindahl–Hirschman index of the investors that reports name, over what is attributed to any: a share of all FDI would take those
/// who are not named for infinitely many small ones. Hirschman, A. O. (1964), American Economic Review 54(5).
/// </summary>
public sealed class FdiInvestorHhi : IIndicator
{
    /// <summary>Part of FDI that must be attributed to investors, 0..1.</summary>
    public const double Attributed = 0.8;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_investor_hhi",
        NameZh = "外资投资者集中度（HHI）",
        NameEn = "FDI investor concentration (HHI)",
        Unit = "index",
        Formula = "Σ s², s = investor's share of the utilised FDI over W that names its investor; only where that is ≥ 80 % of all",
        Source = "Herfindahl; Hirschman 1964",
        Min = 0,
        Max = 1,
        Feeds = [Feed.Fdi],
        IsRestricted = true,
    };

    public int CellLevel => CellLevels.Third;

    public IEnumerable<Figure> At(CellView cells, Month period) => [Of(cells, period)];

    private static Figure Of(CellView cells, Month period)
    {
        if (cells.MoneyByHead(Measure.FdiInvestor, period - (LinkSpans.Window - 1), period, "USD") is not { } sums)
            return Figure.Not(Unavailable.NoRate);
        var all = (double)sums.Values.Where(s => s > 0).Sum();
        if (all <= 0)
            return Figure.Not(Unavailable.NoDenominator);
        // Doubles are added in one order, so that the last digit is the same everywhere.
        var named = sums.Where(s => s.Key.Length > 0 && s.Value > 0).Select(s => (double)s.Value).Order().ToList();
        var attributed = named.Sum();
        var share = new Operand("attributed_share", attributed / all, "ratio");
        return share.Value < Attributed
            ? Figure.Not(Unavailable.NotApplicable, share)
            : Figure.Of(
                named.Sum(s => s / attributed * (s / attributed)),
                share, new("investors", named.Count, "count"), new("largest_share", named.Max() / attributed, "ratio"));
    }
}
