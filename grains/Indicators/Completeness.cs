using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Reporting of one month.</summary>
/// <param name="Expected">Enterprises that are expected to report.</param>
/// <param name="Reported">Those of them that did.</param>
/// <param name="ByCount">Coverage by count, 0..1.</param>
/// <param name="ByValue">Coverage by value, 0..1; by count where there is nothing earlier to weigh with.</param>
/// <param name="IsComplete">Coverage by value is at least <see cref="Completeness.Required"/>.</param>
public readonly record struct Coverage(long Expected, long Reported, double ByCount, double ByValue, bool IsComplete);

/// <summary>
/// Which months of a feed are complete in a place: coverage by value, weighed by the last complete month, of at least 0.95.
/// The last complete month is looked for up to three months back; after a longer gap coverage is by count.
/// </summary>
public sealed class Completeness
{
    /// <summary>Coverage that makes a month complete.</summary>
    public const double Required = 0.95;

    private const int FurthestLag = 3;

    private readonly SortedDictionary<Month, Coverage> _months = [];
    private readonly CellView _cells;
    private readonly Feed _feed;

    public Completeness(CellView cells, Feed feed)
    {
        (_cells, _feed) = (cells, feed);
        var word = feed.Word();
        if (!cells.Series(Measure.Reported).TryGetValue(word, out var reported))
            return;
        // A month whose reports were all withdrawn at either end says nothing: it is gone too when the cells are next loaded.
        var (first, last) = (reported.First, reported.Last);
        while (first <= last && reported[first] == 0)
            first += 1;
        while (last > first && reported[last] == 0)
            last -= 1;
        Month? lastComplete = null;
        for (var p = first; p <= last; p += 1)
        {
            var expected = Expected(p);
            if (expected == 0)
                continue;
            var byCount = (double)reported[p] / expected;
            var byValue = lastComplete is { } weighed && p - weighed <= FurthestLag ? ByValue(cells, word, p, p - weighed) ?? byCount : byCount;
            var complete = cells.TakesEveryMonth || byValue >= Required;
            _months[p] = new(expected, reported[p], byCount, byValue, complete);
            if (complete)
                lastComplete = p;
        }
        NewestComplete = lastComplete;
    }

    /// <summary>Null where no month is complete.</summary>
    public Month? NewestComplete { get; }

    /// <summary>Months with any report, oldest first.</summary>
    public IReadOnlyDictionary<Month, Coverage> Months => _months;

    public bool IsComplete(Month period) => _cells.TakesEveryMonth || _months.TryGetValue(period, out var coverage) && coverage.IsComplete;

    /// <summary>Reporting of any month; nothing reported outside <see cref="Months"/>.</summary>
    public Coverage At(Month period) =>
        _months.TryGetValue(period, out var coverage) ? coverage : new(Expected(period), 0, 0, 0, false);

    private long Expected(Month period) => _cells.Active(period, kind => IsObliged(kind, _feed));

    private static bool IsObliged(string kind, Feed feed) =>
        Kinds.IsForeignFunded(kind) || Ownership.Private.IsObliged(feed);

    private static double? ByValue(CellView cells, string feed, Month period, int lag)
    {
        var target = feed == "fdi" ? "USD" : "CNY";
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{feed}|{lag}");
        var expected = cells.Money(Measure.PriorExpected, period, period, target, dimension => dimension == prefix, lag);
        if (expected is null or <= 0)
            return null;
        var reported = cells.Money(Measure.PriorReported, period, period, target, dimension => dimension == prefix, lag);
        return reported / expected;
    }
}
