using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Year-on-year and month-on-month growth: of the enterprises that reported both months, and of all that reported.</summary>
public sealed class Growth : IIndicator
{
    private static readonly Feed[] Measures = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi];

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "growth_ratio",
        NameZh = "增速",
        NameEn = "Growth",
        Unit = "ratio",
        Formula = "Σ x(p) ÷ Σ x(p−k) − 1 over enterprises that reported both (comparable) or either (all), k = 12, 1",
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
                yield return Comparable(cells, feed, span, period).With("measure", feed.Word()).With("span", months).With("basis", "comparable");
                yield return OfAll(cells, feed, span, period).With("measure", feed.Word()).With("span", months).With("basis", "all");
            }
        }
    }

    /// <summary>Growth of the enterprises that reported both months.</summary>
    internal static Figure Comparable(CellView cells, Feed feed, int span, Month period)
    {
        var (now, then) = Matched(cells, Measure.MatchedNow, Measure.MatchedThen, feed, span, period);
        return Of(feed, now, then);
    }

    /// <summary>What the value has changed of the enterprises that reported both months, or of some of them; null where a rate is missing.</summary>
    /// <param name="cells">The place.</param>
    /// <param name="nowMeasure">Their values now.</param>
    /// <param name="thenMeasure">Their values then.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="span">Months between.</param>
    /// <param name="period">The later month.</param>
    internal static double? Difference(CellView cells, Measure nowMeasure, Measure thenMeasure, Feed feed, int span, Month period)
    {
        var (now, then) = Matched(cells, nowMeasure, thenMeasure, feed, span, period);
        return now - then;
    }

    /// <summary>Unit of a feed's sums.</summary>
    internal static string Unit(Feed feed) => feed == Feed.Employment ? "persons" : Currency(feed);

    private static (double? Now, double? Then) Matched(CellView cells, Measure nowMeasure, Measure thenMeasure, Feed feed, int span, Month period)
    {
        var currency = Currency(feed);
        var head = string.Create(CultureInfo.InvariantCulture, $"{feed.Word()}|{span}");
        return (cells.Money(nowMeasure, period, period, currency, d => d == head), cells.Money(thenMeasure, period, period, currency, d => d == head, span));
    }

    /// <summary>Growth of the sums as they are: whoever stops or begins to report moves it.</summary>
    private static Figure OfAll(CellView cells, Feed feed, int span, Month period)
    {
        if (!cells.Completeness(feed).IsComplete(period - span))
            return Figure.Not(Unavailable.Incomplete);
        var measure = feed switch
        {
            Feed.Output => Measure.Output,
            Feed.Export => Measure.Export,
            Feed.Employment => Measure.Employment,
            _ => Measure.Fdi,
        };
        return Of(feed, Sum(period), Sum(period - span));

        double? Sum(Month month) => feed == Feed.Employment ? cells.Sum(measure, month) : cells.Money(measure, month, month, Currency(feed));
    }

    private static string Currency(Feed feed) => feed switch { Feed.Fdi => "USD", Feed.Employment => "", _ => "CNY" };

    private static Figure Of(Feed feed, double? now, double? then)
    {
        if (now is null || then is null)
            return Figure.Not(Unavailable.NoRate);
        var unit = Unit(feed);
        // A base that is not positive (investment withdrawn) has no growth rate.
        return then <= 0
            ? Figure.Not(Unavailable.NoDenominator, new("now", now.Value, unit), new("then", then.Value, unit))
            : Figure.Of((now.Value / then.Value) - 1, new("now", now.Value, unit), new("then", then.Value, unit));
    }
}
