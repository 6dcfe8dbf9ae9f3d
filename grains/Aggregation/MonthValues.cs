using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>A part of a month's value.</summary>
/// <param name="Currency">ISO 4217; empty for persons.</param>
/// <param name="Amount">Minor units, or persons.</param>
/// <param name="Source">Immediate source of FDI.</param>
/// <param name="UltimateSource">Ultimate source of FDI.</param>
/// <param name="Supplier">Of a purchase.</param>
public readonly record struct MonthValue(
    string Currency, long Amount, string? Source = null, string? UltimateSource = null, SupplierDetail? Supplier = null);

/// <summary>What a report means for its month: itself, or for year-to-date figures the difference to the month before.</summary>
public static class MonthValues
{
    /// <summary>The value of a month; null where none was reported or the month before it is missing.</summary>
    public static IReadOnlyList<MonthValue>? Of(EnterpriseState state, Feed feed, Month period)
    {
        if (state.ReportAt(feed, period) is not { } report)
            return null;
        var own = Lines(report.Content);
        if (report.Content.Basis == Basis.Month)
            return own;
        return ToDate(state, feed, period - 1, period.Year) is { } before ? Difference(own, before) : null;
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
    private static List<MonthValue>? ToDate(EnterpriseState state, Feed feed, Month period, int year)
    {
        if (period.Year < year)
            return [];
        if (state.ReportAt(feed, period) is not { } report)
            return period.Number == 1 ? [] : null;
        var own = Lines(report.Content);
        if (report.Content.Basis == Basis.YearToDate)
            return [.. own];
        if (ToDate(state, feed, period - 1, year) is not { } before)
            return null;
        before.AddRange(own);
        return before;
    }

    private static List<MonthValue> Difference(IReadOnlyList<MonthValue> now, List<MonthValue> before)
    {
        var sums = new Dictionary<(string, string?, string?), long>();
        foreach (var value in now)
            Add(value, 1);
        foreach (var value in before)
            Add(value, -1);
        return [.. sums.Select(s => new MonthValue(s.Key.Item1, s.Value, s.Key.Item2, s.Key.Item3))];

        void Add(in MonthValue value, int sign)
        {
            var key = (value.Currency, value.Source, value.UltimateSource);
            sums[key] = checked(sums.GetValueOrDefault(key) + (sign * value.Amount));
        }
    }

    private static MonthValue[] Lines(ReportContent content)
    {
        var lines = content.Lines;
        if (lines.Length == 0)
            return [];
        var values = new MonthValue[lines.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(lines[i].Currency, lines[i].Amount, lines[i].Fdi?.Source, lines[i].Fdi?.UltimateSource, lines[i].Supplier);
        return values;
    }
}
