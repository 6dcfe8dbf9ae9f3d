using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>What is odd about a month of a feed.</summary>
public enum SoftCheck
{
    /// <summary>So far from the month before that the unit must have slipped.</summary>
    UnitSlip = 1,

    /// <summary>Far from the month before and from the same month a year ago alike.</summary>
    Outlier = 2,

    /// <summary>More was exported than made.</summary>
    ExportAboveOutput = 3,

    /// <summary>Far from enterprises of the same division and size, where there is no month before. Judged when it was committed, and
    /// stored with the report: others' values are none of the enterprise's.</summary>
    AmongPeers = 4,
}

/// <summary>What is odd, about which value, beside which.</summary>
/// <param name="Check">What is odd.</param>
/// <param name="Value">The month's value, in minor units or persons.</param>
/// <param name="Reference">What it is compared with; 0 where that is not kept.</param>
public readonly record struct Suspicion(SoftCheck Check, long Value, long Reference);

/// <summary>
/// Checks whose failure is a warning: the report counts, and is suspect until a revision takes the cause away or explains it. Pure: a
/// month is judged by what the enterprise has reported, its own values alone, and by what was stored with the report. Ratio edits as in
/// de Waal, Pannekoek and Scholtus, Handbook of Statistical Data Editing and Imputation (2011), where a ratio of 300 to the period
/// before tells a slip of the unit by a thousand or more. Investment and purchases come in lumps, so nothing is said of theirs.
/// </summary>
public static class SoftChecks
{
    /// <summary>Times the reference, or its part, from which the unit has slipped: by a thousand, or by 万, ten thousand.</summary>
    public const int SlipFactor = 300;

    /// <summary>Times the reference, or its part, from which a value is an outlier.</summary>
    public const int OutlierFactor = 10;

    /// <summary>An outlier has this many minor units at least, or the value that it is compared with has.</summary>
    public const long OutlierMinorUnits = 10_000_000;

    /// <summary>The same in persons.</summary>
    public const long OutlierPersons = 100;

    /// <summary>Months back in which the newest known value is the reference.</summary>
    public const int LookBack = 3;

    private const int Year = 12;

    /// <summary>Whether months of a feed are checked at all.</summary>
    public static bool Applies(Feed feed) => feed is Feed.Output or Feed.Export or Feed.Employment;

    /// <summary>What is odd about the report as it stands and not explained, the first that holds; null: nothing.</summary>
    public static Suspicion? Open(EnterpriseState state, Feed feed, Month period)
    {
        if (!Applies(feed) || state.ReportAt(feed, period) is not { } report || IsExplained(report)
            || Amount(state, feed, period) is not var (currency, value))
        {
            return null;
        }
        if (Before(state, feed, period) is var (thenCurrency, then) && thenCurrency == currency)
        {
            if (AreApart(value, then, SlipFactor))
                return new(SoftCheck.UnitSlip, value, then);
            if (AreApart(value, then, OutlierFactor) && Math.Max(value, then) >= (feed == Feed.Employment ? OutlierPersons : OutlierMinorUnits)
                && Amount(state, feed, period - Year) is var (pastCurrency, past) && pastCurrency == currency
                && AreApart(value, past, OutlierFactor) && value > then == value > past)
            {
                return new(SoftCheck.Outlier, value, then);
            }
        }
        return feed == Feed.Export && Amount(state, Feed.Output, period) is var (madeCurrency, made) && madeCurrency == currency && value > made
            ? new(SoftCheck.ExportAboveOutput, value, made)
            : report.Outlier ? new(SoftCheck.AmongPeers, value, 0)
            : null;
    }

    /// <summary>Whether a month has one before it, or one a year ago, in its own enterprise that it can be judged by.</summary>
    public static bool HasReference(EnterpriseState state, Feed feed, Month period) =>
        Before(state, feed, period) is { Total: > 0 } || Amount(state, feed, period - Year) is { Total: > 0 };

    /// <summary>Whoever revises a report and says why has looked at it.</summary>
    private static bool IsExplained(StoredReport report) => report.Revision > 1 && !string.IsNullOrEmpty(report.Content.Note);

    /// <summary>The newest month of the three before whose value is known; null also where that is not of one currency.</summary>
    private static (string Currency, long Total)? Before(EnterpriseState state, Feed feed, Month period)
    {
        for (var back = 1; back <= LookBack; back++)
        {
            var lines = MonthValues.Of(state, feed, period - back);
            if (!lines.IsDefault)
                return Sum(lines);
        }
        return null;
    }

    private static (string Currency, long Total)? Amount(EnterpriseState state, Feed feed, Month period) => Sum(MonthValues.Of(state, feed, period));

    private static (string Currency, long Total)? Sum(ImmutableArray<ReportLine> lines)
    {
        if (lines.IsDefaultOrEmpty)
            return null;
        var total = 0L;
        foreach (var line in lines)
        {
            if (line.Currency != lines[0].Currency)
                return null;
            total += line.Amount;
        }
        return (lines[0].Currency, total);
    }

    /// <summary>Both are positive, and one is at least so many times the other.</summary>
    private static bool AreApart(long one, long other, int times) =>
        one > 0 && other > 0 && (one / times >= other || other / times >= one);
}
