using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using Xunit;

namespace ClusterPulse.UnitTests.Maintenance;

public sealed class CalendarRulesTests
{
    private static readonly FeedCalendar Output = new() { Feed = Feed.Output, DueDay = 10, GraceDays = 5, YearToDate = true };
    private static readonly FeedCalendar Employment = new() { Feed = Feed.Employment, DueDay = 15, GraceDays = 0 };

    private static readonly CalendarRules Rules = new() { Feeds = [Output, Employment] };

    [Fact]
    public void January_and_February_are_one_for_a_feed_that_is_reported_year_to_date()
    {
        Assert.False(Rules.Expects(Feed.Output, new(2026, 1)));
        Assert.True(Rules.Expects(Feed.Output, new(2026, 2)));
        Assert.Equal(new(2026, 3, 10), Rules.DueDay(Feed.Output, new(2026, 2)));
        Assert.True(Rules.Expects(Feed.Employment, new(2026, 1)));
    }

    [Theory]
    [InlineData("2026-10", "2026-11-10", "a Tuesday")]
    [InlineData("2026-09", "2026-10-12", "a Saturday moves to Monday")]
    [InlineData("2026-12", "2027-01-11", "the year turns, and a Sunday moves to Monday")]
    public void A_due_day_on_a_weekend_moves_to_the_next_working_day(string period, string due, string why) =>
        Assert.True((Rules with { WeekendsOff = true }).DueDay(Feed.Output, Month.Parse(period)) == DateOnly.Parse(due, null), why);

    [Fact]
    public void A_due_day_passes_over_holidays_and_stays_on_a_weekend_that_is_worked()
    {
        var rules = Rules with
        {
            WeekendsOff = true,
            Holidays = [new(2026, 10, 12), new(2026, 10, 13)],
            WorkingDays = [new(2026, 11, 15)],
        };

        Assert.Equal(new(2026, 10, 14), rules.DueDay(Feed.Output, new(2026, 9)));
        // 2026-11-15 is a Sunday.
        Assert.Equal(new(2026, 11, 15), rules.DueDay(Feed.Employment, new(2026, 10)));
        Assert.Equal(new(2026, 11, 16), (rules with { WorkingDays = [] }).DueDay(Feed.Employment, new(2026, 10)));
    }

    [Fact]
    public void Without_weekends_off_only_holidays_move_it() => Assert.Equal(new(2026, 10, 10), Rules.DueDay(Feed.Output, new(2026, 9)));

    [Fact]
    public void A_month_that_is_due_on_another_day_is_due_on_that_day_whatever_it_is()
    {
        var rules = Rules with
        {
            WeekendsOff = true, Feeds = [Output with { Exceptions = [new(new(2026, 9), new(2026, 10, 25))] }],
        };

        Assert.Equal(new(2026, 10, 25), rules.DueDay(Feed.Output, new(2026, 9)));
        Assert.Equal(new(2026, 10, 30), rules.GraceDay(Feed.Output, new(2026, 9)));
        Assert.Equal(new(2026, 11, 10), rules.DueDay(Feed.Output, new(2026, 10)));
    }

    [Theory]
    [InlineData("2026-10-17", false, "the last day of grace, counted from the day that moved")]
    [InlineData("2026-10-18", true, "the day after")]
    public void Grace_is_counted_from_the_day_that_is_due(string today, bool over, string why)
    {
        var calendar = new ReportingCalendar(new() { AsOf = DateOnly.Parse(today, null), FirstPeriod = "2026-08" }, TimeProvider.System);

        Assert.True(calendar.IsOver(Rules with { WeekendsOff = true }, Feed.Output, new(2026, 9)) == over, why);
    }

    [Fact]
    public void Months_close_by_the_calendar_of_their_feed_and_none_closes_that_has_no_report()
    {
        var calendar = new ReportingCalendar(new() { AsOf = new(2026, 3, 15), FirstPeriod = "2025-12" }, TimeProvider.System);

        Assert.Equal(["2025-12"], calendar.Over(Rules, Feed.Output).Select(m => m.ToString()));
        Assert.Equal(["2025-12", "2026-01"], calendar.Over(Rules, Feed.Employment).Select(m => m.ToString()));
    }
}
