using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>What a report means for its month: itself, or for year-to-date figures the difference to the month before.</summary>
public static class MonthValues
{
    /// <summary>The lines of a month; default where none was reported or the month before it is missing.</summary>
    public static ImmutableArray<ReportLine> Of(EnterpriseState state, Feed feed, Month period)
    {
        if (state.ReportAt(feed, period) is not { } report)
            return default;
        if (report.Content.Basis == Basis.Month)
            return report.Content.Lines;
        return ToDate(state, feed, period - 1, period.Year) is { } before ? Difference(report.Content.Lines, before) : default;
    }

    /// <summary>Whether any report of the key's feed and year is year to date, so that months are coupled.</summary>
    public static bool YearIsCumulative(EnterpriseState state, ReportKey key)
    {
        for (var p = new Month(key.Period.Year, 1); p.Year == key.Period.Year; p += 1)
        {
            if (state.ReportAt(key.Feed, p) is { Content.Basis: Basis.YearToDate })
                return true;
        }
        return false;
    }

    /// <summary>Sum of the year up to a month; null where a month is missing. January may be: February's figure then holds both.</summary>
    private static List<ReportLine>? ToDate(EnterpriseState state, Feed feed, Month period, int year)
    {
        if (period.Year < year)
            return [];
        if (state.ReportAt(feed, period) is not { } report)
            return period.Number == 1 ? [] : null;
        if (report.Content.Basis == Basis.YearToDate)
            return [.. report.Content.Lines];
        if (ToDate(state, feed, period - 1, year) is not { } before)
            return null;
        before.AddRange(report.Content.Lines);
        return before;
    }

    private static ImmutableArray<ReportLine> Difference(ImmutableArray<ReportLine> now, List<ReportLine> before)
    {
        var sums = new Dictionary<(string Currency, string? Source, string? Ultimate, string? Investor), long>();
        foreach (var line in now)
            Add(line, 1);
        foreach (var line in before)
            Add(line, -1);
        return [.. sums.Select(s => new ReportLine
        {
            Currency = s.Key.Currency,
            Amount = s.Value,
            Fdi = s.Key.Source is null ? null : new() { Source = s.Key.Source, UltimateSource = s.Key.Ultimate!, Investor = s.Key.Investor },
        })];

        void Add(ReportLine line, int sign)
        {
            var key = (line.Currency, line.Fdi?.Source, line.Fdi?.UltimateSource, line.Fdi?.Investor);
            sums[key] = checked(sums.GetValueOrDefault(key) + (sign * line.Amount));
        }
    }
}
