using ClusterPulse.V1;
using BatchReceipt = ClusterPulse.Facts.BatchReceipt;
using Feed = ClusterPulse.V1.Feed;
using ReportingCalendar = ClusterPulse.Maintenance.ReportingCalendar;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Good reports, to be spoiled one field at a time, and receipts.</summary>
internal static class Sample
{
    public const string Code = "914403001922038216";

    public static ReportingCalendar Calendar { get; } = new(new() { AsOf = new(2004, 12, 31) }, TimeProvider.System);

    public static Money Cny(long fen) => new() { Currency = "CNY", MinorUnits = fen };

    public static Report Output(long fen = 100) => Of(Feed.Output, r => r.Output = new() { Value = Cny(fen) });

    public static Report Employment(long persons = 10) => Of(Feed.Employment, r => r.Employment = new() { Persons = persons });

    public static Report Fdi(params FdiLine[] lines) => Of(Feed.Fdi, r => r.Fdi = new() { Lines = { lines } });

    public static FdiLine FdiLine(string source = "TW", long cents = 100) =>
        new() { SourceEconomy = source, Utilised = new() { Currency = "USD", MinorUnits = cents } };

    public static Report Linkage(params LinkageLine[] lines) => Of(Feed.Linkage, r => r.Linkage = new() { Lines = { lines } });

    public static Report Of(Feed feed, Action<Report>? body = null)
    {
        var report = new Report { Enterprise = $"enterprises/uscc-{Code}", Feed = feed, Period = "2004-10" };
        body?.Invoke(report);
        return report;
    }

    public static Report[] Outputs(int count) => [.. Enumerable.Range(0, count).Select(i => Output(i))];

    public static BatchReceipt Receipt(long offset, int count, params RowResultOf[] odd) => new()
    {
        Offset = offset,
        Count = count,
        Accepted = count - odd.Length,
        Duplicate = odd.Count(o => o.Outcome == Facts.RowOutcome.Duplicate),
        Revised = odd.Count(o => o.Outcome == Facts.RowOutcome.Revised),
        Rejected = odd.Count(o => o.Outcome == Facts.RowOutcome.Rejected),
        Rows = [.. odd.Select(o => new Facts.RowResult(o.Row, o.Outcome, [], []))],
        CommitTime = DateTimeOffset.UnixEpoch.AddSeconds(offset + count),
        CommitToken = $"1:{offset + count}",
    };
}

/// <summary>A row that was not plainly accepted.</summary>
internal readonly record struct RowResultOf(long Row, Facts.RowOutcome Outcome);
