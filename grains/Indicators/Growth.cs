using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Year-on-year and month-on-month growth of the enterprises that reported both months.</summary>
public sealed class Growth : IIndicator
{
    private static readonly Feed[] Measures = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi];

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "growth_ratio",
        NameZh = "同口径增速",
        NameEn = "Growth on the comparable basis",
        Unit = "ratio",
        Formula = "Σ x(p) ÷ Σ x(p−k) − 1 over enterprises that reported both, k = 12, 1",
        Source = "NBS practice",
        Labels = ["basis", "measure", "span"],
        Min = -1,
        Feeds = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var feed in Measures)
        {
            foreach (var span in (int[])[12, 1])
            {
                var months = span.ToString(CultureInfo.InvariantCulture);
                yield return Of(cells, feed, span, period).With("measure", feed.Word()).With("span", months).With("basis", "comparable");
            }
        }
    }

    private static Figure Of(CellView cells, Feed feed, int span, Month period)
    {
        var (currency, unit) = feed switch { Feed.Fdi => ("USD", "USD"), Feed.Employment => ("", "persons"), _ => ("CNY", "CNY") };
        var head = string.Create(CultureInfo.InvariantCulture, $"{feed.Word()}|{span}");
        var now = cells.Money(Measure.MatchedNow, period, period, currency, d => d == head);
        var then = cells.Money(Measure.MatchedThen, period, period, currency, d => d == head, span);
        if (now is null || then is null)
            return Figure.Not(Unavailable.NoRate);
        // A base that is not positive (investment withdrawn) has no growth rate.
        return then <= 0
            ? Figure.Not(Unavailable.NoDenominator, new("now", now.Value, unit), new("then", then.Value, unit))
            : Figure.Of((now.Value / then.Value) - 1, new("now", now.Value, unit), new("then", then.Value, unit));
    }
}
