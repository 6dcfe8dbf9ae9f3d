using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterPulse.UnitTests.Maintenance;

public sealed class ReportingCalendarTests
{
    private static readonly Month October = new(2004, 10);

    [Theory]
    [InlineData("2004-11-20", false, "the last day of grace")]
    [InlineData("2004-11-21", true, "the day after")]
    public void A_month_is_over_after_due_day_and_grace(string today, bool over, string why) =>
        Assert.True(IsOver(new(AsOf(today), TimeProvider.System)) == over, why);

    [Fact]
    public void The_day_is_that_of_China()
    {
        var calendar = new ReportingCalendar(new(), new FakeTimeProvider(new(2004, 11, 20, 16, 0, 0, TimeSpan.Zero)));

        Assert.Equal(new(2004, 11, 21), calendar.Today);
        Assert.True(IsOver(calendar));
    }

    [Fact]
    public void Months_are_over_one_after_another_from_the_first_that_counts()
    {
        var options = AsOf("2005-02-20");
        options.FirstPeriod = "2004-10";

        var calendar = new ReportingCalendar(options, TimeProvider.System);

        Assert.Equal(["2004-10", "2004-11", "2004-12"], calendar.Over(calendar.Configured, Feed.Output).Select(m => m.ToString()));
    }

    [Fact]
    public void A_feed_that_is_reported_year_to_date_has_no_January()
    {
        var options = AsOf("2005-03-31");
        options.YearToDateFeeds.Add("output");
        var calendar = new ReportingCalendar(options, TimeProvider.System).Configured;

        Assert.False(calendar.Expects(Feed.Output, new(2005, 1)));
        Assert.True(calendar.Expects(Feed.Output, new(2005, 2)));
        Assert.True(calendar.Expects(Feed.Employment, new(2005, 1)));
    }

    [Fact]
    public void A_feed_that_there_is_not_is_refused()
    {
        var options = AsOf("2005-03-31");
        options.YearToDateFeeds.Add("ouput");

        Assert.Throws<ArgumentException>(() => new ReportingCalendar(options, TimeProvider.System));
    }

    private static bool IsOver(ReportingCalendar calendar) => calendar.IsOver(calendar.Configured, Feed.Output, October);

    private static CalendarOptions AsOf(string today) => new() { AsOf = DateOnly.ParseExact(today, "yyyy-MM-dd", null) };
}
