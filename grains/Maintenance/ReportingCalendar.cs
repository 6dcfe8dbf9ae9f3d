using ClusterPulse.Facts;

namespace ClusterPulse.Maintenance;

/// <summary>When a month of a feed is over, so that what is missing then is overdue. It holds until the centre sets a calendar.</summary>
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

/// <summary>The calendar of due days on a day. Pure but for the day it is asked on.</summary>
/// <exception cref="ArgumentException">The options name a feed that there is not.</exception>
public sealed class ReportingCalendar(CalendarOptions options, TimeProvider time)
{
    /// <summary>What the configuration says: it holds where the centre has set nothing.</summary>
    public CalendarRules Configured { get; } = FromOptions(options);

    /// <summary>The day that counts as today, in China's time zone.</summary>
    public DateOnly Today => options.AsOf ?? DateOnly.FromDateTime(time.GetUtcNow().AddHours(8).DateTime);

    /// <summary>The month that has not ended yet: reports for later ones are of the future.</summary>
    public Month Current => Month.Of(Today);

    /// <summary>The first month that the calendar closes by itself.</summary>
    public Month First => options.FirstPeriod is { } first ? Month.Parse(first) : Current - 1;

    /// <summary>Whether a month of a feed is over: it has ended and is past the due day and the grace.</summary>
    public bool IsOver(CalendarRules rules, Feed feed, Month period)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return period < Current && Today > rules.GraceDay(feed, period);
    }

    /// <summary>Months of a feed that are over and have reports, oldest first.</summary>
    public IEnumerable<Month> Over(CalendarRules rules, Feed feed)
    {
        for (var p = First; p < Current; p += 1)
        {
            if (rules.Expects(feed, p) && IsOver(rules, feed, p))
                yield return p;
        }
    }

    private static CalendarRules FromOptions(CalendarOptions options)
    {
        var yearToDate = options.YearToDateFeeds.Select(ParseFeed).ToHashSet();
        return new()
        {
            Feeds =
            [
                .. VocabularyWords.Feeds.Select(f => new FeedCalendar
                {
                    Feed = f, DueDay = options.DueDay, GraceDays = options.GraceDays, YearToDate = yearToDate.Contains(f),
                }),
            ],
        };
    }

    private static Feed ParseFeed(string word) => VocabularyWords.TryParseFeed(word, out var feed)
        ? feed
        : throw new ArgumentException($"'{word}' is not a feed", nameof(word));
}
