using ClusterPulse.Facts;

namespace ClusterPulse.Maintenance;

/// <summary>When a month of a feed is over, so that what is missing then is overdue.</summary>
public sealed class CalendarOptions
{
    /// <summary>Day of the following month on which reports are due, 1 to 28.</summary>
    public int DueDay { get; set; } = 15;

    /// <summary>Days after the due day, holidays included.</summary>
    public int GraceDays { get; set; } = 5;

    /// <summary>The first month that the calendar closes, <c>YYYY-MM</c>; null: the month before the first start.</summary>
    public string? FirstPeriod { get; set; }

    /// <summary>Feeds that are reported year to date, by their words. They have no January: February brings it along.</summary>
    public IList<string> YearToDateFeeds { get; } = [];

    /// <summary>Looks at history as of this day instead of today.</summary>
    public DateOnly? AsOf { get; set; }
}

/// <summary>The calendar of due days. Pure but for the day it is asked on.</summary>
/// <exception cref="ArgumentException">The options name a feed that there is not.</exception>
public sealed class ReportingCalendar(CalendarOptions options, TimeProvider time)
{
    private readonly HashSet<Feed> _yearToDate = [.. options.YearToDateFeeds.Select(ParseFeed)];

    /// <summary>The day that counts as today, in China's time zone.</summary>
    public DateOnly Today => options.AsOf ?? DateOnly.FromDateTime(time.GetUtcNow().AddHours(8).DateTime);

    /// <summary>The month that has not ended yet: reports for later ones are of the future.</summary>
    public Month Current => Month.Of(Today);

    /// <summary>The first month that the calendar closes by itself.</summary>
    public Month First => options.FirstPeriod is { } first ? Month.Parse(first) : Current - 1;

    /// <summary>Whether a month of a feed is over: past the due day and the grace.</summary>
    public bool IsOver(Month period)
    {
        var due = period + 1;
        return Today > new DateOnly(due.Year, due.Number, options.DueDay).AddDays(options.GraceDays);
    }

    /// <summary>Whether a feed has reports of the month; of January only where it is reported month by month.</summary>
    public bool Expects(Feed feed, Month period) => period.Number != 1 || !_yearToDate.Contains(feed);

    /// <summary>Months that are over, oldest first.</summary>
    public IEnumerable<Month> Over()
    {
        for (var p = First; p < Current && IsOver(p); p += 1)
            yield return p;
    }

    private static Feed ParseFeed(string word) => VocabularyWords.TryParseFeed(word, out var feed)
        ? feed
        : throw new ArgumentException($"'{word}' is not a feed", nameof(word));
}
