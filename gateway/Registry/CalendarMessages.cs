using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Validation;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Days in messages: <c>YYYY-MM-DD</c>.</summary>
internal static class Days
{
    private const string Form = "yyyy-MM-dd";

    public static string Text(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>The calendar as a message.</summary>
internal static class CalendarMessages
{
    /// <summary>The name of the one there is.</summary>
    public const string Name = "reportingCalendar";

    private const int LastDueDay = 28;
    private const int MostGrace = 60;
    private const int MostDays = 2_000;

    private static readonly string[] Fields = ["feeds", "weekends_off", "holidays", "working_days"];

    public static V1.ReportingCalendar ToMessage(CalendarRules rules)
    {
        var message = new V1.ReportingCalendar
        {
            Name = Name,
            WeekendsOff = rules.WeekendsOff,
            Etag = rules.Version == 0 ? "" : Etags.Of(rules.Version),
            DecidedBy = rules.DecidedBy,
            Reason = rules.Reason,
            DecideTime = rules.DecidedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        };
        message.Holidays.AddRange(rules.Holidays.Select(Days.Text));
        message.WorkingDays.AddRange(rules.WorkingDays.Select(Days.Text));
        foreach (var feed in rules.Feeds)
        {
            var own = new V1.FeedCalendar
            {
                Feed = Vocabulary.Feed(feed.Feed), DueDay = feed.DueDay, GraceDays = feed.GraceDays, YearToDate = feed.YearToDate,
            };
            own.Exceptions.AddRange(feed.Exceptions.Select(e => new V1.DueDate { Period = e.Period.ToString(), Date = Days.Text(e.Due) }));
            message.Feeds.Add(own);
        }
        return message;
    }

    /// <summary>The calendar as it is to be.</summary>
    /// <param name="held">As it is.</param>
    /// <param name="calendar">As sent.</param>
    /// <param name="mask">Fields to take over; null: all.</param>
    /// <exception cref="Grpc.Core.RpcException">A field is not what it must be.</exception>
    public static CalendarRules FromMessage(CalendarRules held, V1.ReportingCalendar calendar, RepeatedField<string>? mask)
    {
        var fields = Masks.Of(mask, Fields);
        var wrong = new List<Violation>();
        var next = held;
        if (fields.Contains("feeds"))
            next = next with { Feeds = FeedsOf(held.Feeds, calendar.Feeds, wrong) };
        if (fields.Contains("weekends_off"))
            next = next with { WeekendsOff = calendar.WeekendsOff };
        if (fields.Contains("holidays"))
            next = next with { Holidays = DaysOf("reporting_calendar.holidays", calendar.Holidays, wrong) };
        if (fields.Contains("working_days"))
            next = next with { WorkingDays = DaysOf("reporting_calendar.working_days", calendar.WorkingDays, wrong) };
        return wrong.Count == 0 ? next : throw RichErrors.Invalid(wrong);
    }

    /// <summary>Those that are named take the place of those that hold.</summary>
    private static ImmutableArray<FeedCalendar> FeedsOf(ImmutableArray<FeedCalendar> held, RepeatedField<V1.FeedCalendar> sent, List<Violation> wrong)
    {
        var next = held.ToBuilder();
        var named = new HashSet<Feed>();
        for (var i = 0; i < sent.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"reporting_calendar.feeds[{i}]");
            var feed = sent[i];
            if (Vocabulary.Feed(feed.Feed) is not { } known)
                wrong.Add(new($"{at}.feed", feed.Feed.ToString(), Reasons.UnknownFeed));
            else if (!named.Add(known))
                wrong.Add(new($"{at}.feed", feed.Feed.ToString(), Reasons.RepeatedLine));
            else if (OneOf(at, known, feed, wrong) is { } own)
                next[held.IndexOf(held.First(f => f.Feed == known))] = own;
        }
        return next.ToImmutable();
    }

    private static FeedCalendar? OneOf(string at, Feed feed, V1.FeedCalendar sent, List<Violation> wrong)
    {
        var before = wrong.Count;
        if (sent.DueDay is < 1 or > LastDueDay)
            wrong.Add(new($"{at}.due_day", Number(sent.DueDay), Reasons.OutOfBounds, $"1..{LastDueDay}"));
        if (sent.GraceDays is < 0 or > MostGrace)
            wrong.Add(new($"{at}.grace_days", Number(sent.GraceDays), Reasons.OutOfBounds, $"0..{MostGrace}"));
        var exceptions = new SortedDictionary<Month, DateOnly>();
        foreach (var exception in sent.Exceptions)
        {
            if (!Month.TryParse(exception.Period, out var period))
                wrong.Add(new($"{at}.exceptions.period", exception.Period, Reasons.MalformedPeriod));
            else if (Days.Parse(exception.Date) is not { } day || Month.Of(day) <= period)
                wrong.Add(new($"{at}.exceptions.date", exception.Date, Reasons.MalformedDay));
            else if (!exceptions.TryAdd(period, day))
                wrong.Add(new($"{at}.exceptions.period", exception.Period, Reasons.RepeatedLine));
        }
        return wrong.Count > before ? null : new()
        {
            Feed = feed,
            DueDay = sent.DueDay,
            GraceDays = sent.GraceDays,
            YearToDate = sent.YearToDate,
            Exceptions = [.. exceptions.Select(e => new DueException(e.Key, e.Value))],
        };
    }

    private static ImmutableArray<DateOnly> DaysOf(string field, RepeatedField<string> sent, List<Violation> wrong)
    {
        if (sent.Count > MostDays)
            wrong.Add(new(field, Number(sent.Count), Reasons.TooMany));
        var days = new SortedSet<DateOnly>();
        foreach (var text in sent)
        {
            if (Days.Parse(text) is { } day)
                days.Add(day);
            else
                wrong.Add(new(field, text, Reasons.MalformedDay));
        }
        return [.. days];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
