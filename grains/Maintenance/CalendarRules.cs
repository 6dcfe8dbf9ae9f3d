using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Maintenance;

/// <summary>Until when reports are due, as the centre has set it, or as the configuration says. Pure: it knows no today.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.CalendarRules")]
public sealed record CalendarRules
{
    /// <summary>Every feed once.</summary>
    [Id(0)] public required ImmutableArray<FeedCalendar> Feeds { get; init; }

    /// <summary>Saturdays and Sundays are days off.</summary>
    [Id(1)] public bool WeekendsOff { get; init; }

    /// <summary>Days off.</summary>
    [Id(2)] public ImmutableArray<DateOnly> Holidays { get; init; } = [];

    /// <summary>Days that are worked though they would be off: China works weekends in exchange for holidays.</summary>
    [Id(3)] public ImmutableArray<DateOnly> WorkingDays { get; init; } = [];

    /// <summary>1, 2, 3, … of those that were set; 0: from the configuration.</summary>
    [Id(4)] public long Version { get; init; }

    [Id(5)] public string DecidedBy { get; init; } = "";

    [Id(6)] public string Reason { get; init; } = "";

    [Id(7)] public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The rules of a feed.</summary>
    public FeedCalendar Of(Feed feed) => Feeds.First(f => f.Feed == feed);

    /// <summary>Whether a feed has reports of the month; of January only where it is reported month by month.</summary>
    public bool Expects(Feed feed, Month period) => period.Number != 1 || !Of(feed).YearToDate;

    /// <summary>Day until which the reports of a month are due: never a day off, unless it is set for this month by hand.</summary>
    public DateOnly DueDay(Feed feed, Month period)
    {
        var rules = Of(feed);
        foreach (var exception in rules.Exceptions)
        {
            if (exception.Period == period)
                return exception.Due;
        }
        var next = period + 1;
        var day = new DateOnly(next.Year, next.Number, rules.DueDay);
        while (IsOff(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>Last day of grace: the month is over the day after.</summary>
    public DateOnly GraceDay(Feed feed, Month period) => DueDay(feed, period).AddDays(Of(feed).GraceDays);

    /// <summary>Nobody works on this day.</summary>
    public bool IsOff(DateOnly day) => !WorkingDays.Contains(day)
        && (Holidays.Contains(day) || (WeekendsOff && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
}

/// <summary>Due days of one feed.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.FeedCalendar")]
public sealed record FeedCalendar
{
    [Id(0)] public required Feed Feed { get; init; }

    /// <summary>Day of the following month, 1 to 28.</summary>
    [Id(1)] public required int DueDay { get; init; }

    /// <summary>Days after the due day, days off included, 0 to 60.</summary>
    [Id(2)] public required int GraceDays { get; init; }

    /// <summary>Reported year to date: February brings January along.</summary>
    [Id(3)] public bool YearToDate { get; init; }

    /// <summary>Months that are due on another day.</summary>
    [Id(4)] public ImmutableArray<DueException> Exceptions { get; init; } = [];
}

/// <summary>A month that is due on a day of its own.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.DueException")]
public readonly record struct DueException([property: Id(0)] Month Period, [property: Id(1)] DateOnly Due);

/// <summary>The calendar as it is from now on, in the place of the version that it names; another one fails the change.</summary>
public sealed record CalendarSet(CalendarRules Rules) : Change;
