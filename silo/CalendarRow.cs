using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;

namespace ClusterPulse.Silo;

/// <summary>The calendar as both stores hold it.</summary>
internal static class CalendarRow
{
    public const string NewestSql =
        """
        SELECT version, feeds, weekends_off, holidays, working_days, decided_by, reason, decided_at FROM reporting_calendar
        ORDER BY version DESC LIMIT 1
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="row">A row of <see cref="NewestSql"/>.</param>
    /// <param name="decidedAt">Its last column, which each store spells its own way.</param>
    public static CalendarRules Read(DbDataReader row, DateTimeOffset decidedAt) => new()
    {
        Version = row.GetInt64(0),
        Feeds = [.. JsonSerializer.Deserialize<FeedDays[]>(row.GetString(1), Json)!.Select(f => f.ToRules())],
        WeekendsOff = row.GetBoolean(2),
        Holidays = Days(row.GetString(3)),
        WorkingDays = Days(row.GetString(4)),
        DecidedBy = row.GetString(5),
        Reason = row.GetString(6),
        DecidedAt = decidedAt,
    };

    public static string Feeds(CalendarRules rules) => JsonSerializer.Serialize(rules.Feeds.Select(FeedDays.Of), Json);

    public static string Days(ImmutableArray<DateOnly> days) => JsonSerializer.Serialize(days.AsEnumerable());

    private static ImmutableArray<DateOnly> Days(string json) => [.. JsonSerializer.Deserialize<DateOnly[]>(json)!];

    /// <summary>One feed's days in the column.</summary>
    private sealed record FeedDays(string Feed, int DueDay, int GraceDays, bool YearToDate, IReadOnlyDictionary<string, DateOnly> Due)
    {
        public static FeedDays Of(FeedCalendar feed) => new(
            feed.Feed.Word(), feed.DueDay, feed.GraceDays, feed.YearToDate,
            feed.Exceptions.ToDictionary(e => e.Period.ToString(), e => e.Due));

        public FeedCalendar ToRules() => new()
        {
            Feed = Words.Feed(Feed),
            DueDay = DueDay,
            GraceDays = GraceDays,
            YearToDate = YearToDate,
            Exceptions = [.. Due.Select(d => new DueException(Month.Parse(d.Key), d.Value)).OrderBy(e => e.Period)],
        };
    }
}
