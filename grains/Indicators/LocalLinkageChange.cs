using System.Globalization;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Change of the local linkage rate over 3 and over 12 months.</summary>
public sealed class LocalLinkageChange : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "local_linkage_change",
        NameZh = "本地配套率变化",
        NameEn = "Change of the local linkage rate",
        Unit = "ratio",
        Formula = "rate(p) − rate(p−k), k = 3, 12",
        Source = "ClusterPulse",
        Labels = ["span"],
        Min = -1,
        Max = 1,
        Feeds = [Feed.Linkage],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var span in (int[])[3, 12])
            yield return Of(cells, period, span).With("span", span.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The change up to a month.</summary>
    internal static Figure Of(CellView cells, Month period, int span)
    {
        // Without a full window of reports before p−k the earlier rate is low for want of data, not of links.
        var months = cells.Completeness(Feed.Linkage).Months;
        if (!months.ContainsKey(period - span - (LinkWindow - 1)))
            return Figure.Not(Unavailable.NotApplicable);
        var now = LocalLinkageRatio.Of(cells, period);
        var then = LocalLinkageRatio.Of(cells, period - span);
        if (now.Value is not { } a || then.Value is not { } b)
            return Figure.Not(Unavailable.NoDenominator);
        return Figure.Of(a - b, new("rate_now", a, "ratio"), new("rate_then", b, "ratio"));
    }

    private const int LinkWindow = Aggregation.LinkSpans.Window;
}
