using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.Indicators;

/// <summary>The cells of one place as formulas read them: stocks, sums, money in one currency, complete months.</summary>
/// <param name="cells">The place's cells; not changed while the view is in use.</param>
/// <param name="rates">Exchange rates.</param>
/// <param name="minorUnits">Decimal places of a currency's minor unit.</param>
/// <param name="closed">Months that are over, by feed.</param>
/// <param name="takesEveryMonth">Every month counts as complete: for parts of a place, whose reporting is not judged.</param>
public sealed class CellView(
    CellTable cells, ExchangeRates rates, Func<string, int> minorUnits, IReadOnlySet<(Feed Feed, Month Period)> closed,
    bool takesEveryMonth = false)
{
    // Views of a nation are read for many places at once.
    private readonly ConcurrentDictionary<Feed, Completeness> _completeness = [];
    private readonly ConcurrentDictionary<string, CellView> _clusterViews = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Month, (Anchors? Anchors, Unavailable Reason)> _anchors = [];
    private ClusterList? _clusters;
    private CellView? _place;

    /// <summary>What the place is compared with.</summary>
    public Surroundings Around { get; init; } = Surroundings.None;

    /// <summary>Which industries are recognised clusters of the place, through all its months.</summary>
    public ClusterList Clusters => LazyInitializer.EnsureInitialized(ref _clusters, () => new(this));

    /// <summary>Every month counts as complete.</summary>
    public bool TakesEveryMonth => takesEveryMonth;

    /// <summary>The place is an estate, not a region.</summary>
    public bool IsEstate => cells.IsEstate;

    /// <summary>Reporting of a feed, month by month.</summary>
    public Completeness Completeness(Feed feed) => _place?.Completeness(feed) ?? _completeness.GetOrAdd(feed, f => new(this, f));

    /// <summary>The place's enterprises by output; see <see cref="Indicators.Anchors.Of"/>.</summary>
    internal (Anchors? Anchors, Unavailable Reason) Anchors(Month period) =>
        _anchors.GetOrAdd(period, p => (Indicators.Anchors.Of(this, p, out var reason), reason));

    /// <summary>One cluster of the place, as formulas read it: its cells alone. Months are complete where they are for the whole place,
    /// since reporting is not kept by industry.</summary>
    /// <param name="label">See <see cref="NamedCluster.Label"/>.</param>
    public CellView Cluster(string label) => _clusterViews.GetOrAdd(label, l =>
    {
        var cluster = Around.NamedClusters.FirstOrDefault(c => c.Label == l) ?? NamedCluster.OfIndustry(l);
        return new(ClusterCells.Of(cells, cluster), rates, minorUnits, closed, takesEveryMonth) { _place = this };
    });

    /// <summary>Newest month of a feed that is over; null where none is.</summary>
    public Month? NewestClosed(Feed feed)
    {
        Month? newest = null;
        foreach (var (closedFeed, period) in closed)
        {
            if (closedFeed == feed && (newest is null || period > newest))
                newest = period;
        }
        return newest;
    }

    /// <summary>Whether a month of a feed is over.</summary>
    public bool IsClosed(Feed feed, Month period) => closed.Contains((feed, period));

    /// <summary>Series by dimension.</summary>
    public IReadOnlyDictionary<string, PeriodSeries> Series(Measure measure) => cells.Of(measure);

    /// <summary>Stock at a month, over the dimensions that are meant.</summary>
    public long Stock(Measure measure, Month period, Func<string, bool>? meant = null)
    {
        var sum = 0L;
        foreach (var (dimension, series) in cells.Of(measure))
        {
            if (meant is null || meant(dimension))
                sum += series.UpTo(period);
        }
        return sum;
    }

    /// <summary>How many dimensions have a positive stock at a month: a distinct count.</summary>
    public int DistinctStock(Measure measure, Month period)
    {
        var count = 0;
        foreach (var series in cells.Of(measure).Values)
        {
            if (series.UpTo(period) > 0)
                count++;
        }
        return count;
    }

    /// <summary>Divisions for which a measure has cells, in no order.</summary>
    public IEnumerable<string> Industries(Measure measure) => cells.Industries(measure);

    /// <summary>Sum of a month, over the dimensions that are meant, in one division or all.</summary>
    public long Sum(Measure measure, Month period, Func<string, bool>? meant = null, string industry = "")
    {
        var sum = 0L;
        foreach (var (dimension, series) in cells.Of(measure, industry))
        {
            if (meant is null || meant(dimension))
                sum += series[period];
        }
        return sum;
    }

    /// <summary>Money of several months in one currency, in major units.</summary>
    /// <param name="measure">A measure whose dimension ends with the currency.</param>
    /// <param name="from">First month.</param>
    /// <param name="to">Last month.</param>
    /// <param name="target">ISO 4217 of the result.</param>
    /// <param name="meant">Which dimensions, told without the currency; null: all.</param>
    /// <param name="rateLag">The amounts are of this many months before the cells' month.</param>
    /// <param name="industry">One division; empty: all.</param>
    /// <returns>Null where a rate is missing.</returns>
    public double? Money(
        Measure measure, Month from, Month to, string target, Func<string, bool>? meant = null, int rateLag = 0, string industry = "")
    {
        // In decimal the order of the dimensions, which is that of their arrival, leaves no trace in the last digit.
        var total = 0m;
        var conversion = new MoneyConversion(rates, minorUnits, from, to, target, rateLag);
        foreach (var series in cells.Of(measure, industry).Values)
        {
            if (meant is not null && !meant(series.Head))
                continue;
            if (conversion.Sum(series) is not { } amount)
                return null;
            total += amount;
        }
        return (double)total;
    }

    /// <summary>Money of several months by head of the dimension, in one currency, in major units; in no order.</summary>
    /// <returns>Null where a rate is missing.</returns>
    public IReadOnlyDictionary<string, decimal>? MoneyByHead(Measure measure, Month from, Month to, string target)
    {
        var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var conversion = new MoneyConversion(rates, minorUnits, from, to, target, rateLag: 0);
        foreach (var series in cells.Of(measure).Values)
        {
            if (conversion.Sum(series) is not { } amount)
                return null;
            CollectionsMarshal.GetValueRefOrAddDefault(sums, series.Head, out _) += amount;
        }
        return sums;
    }

    /// <summary>Money of the twelve months that end with one.</summary>
    public double? WindowMoney(Measure measure, Month period, string target, Func<string, bool>? meant = null, string industry = "") =>
        Money(measure, period - 11, period, target, meant, industry: industry);

    /// <summary>Active enterprises of these kinds of ownership at a month.</summary>
    public long Active(Month period, Func<string, bool>? kind = null) => Stock(Measure.Active, period, kind);
}

/// <summary>Kinds of enterprises as dimensions spell them.</summary>
public static class Kinds
{
    /// <summary>HMT-funded or foreign.</summary>
    public static bool IsForeignFunded(string kind) =>
        kind.StartsWith("hmt", StringComparison.Ordinal) || kind.StartsWith("foreign", StringComparison.Ordinal);

    public static bool IsHiTech(string kind) => kind.EndsWith(Dimensions.HiTechMark, StringComparison.Ordinal);
}
