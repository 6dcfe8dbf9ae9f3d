using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>From which month on figures are made anew: from the month that changed, or from the first that was or is not reported any more.</summary>
public sealed class FigureChangesTests
{
    private static readonly Month January = new(2004, 1);
    private static readonly Month March = new(2004, 3);
    private static readonly Month June = new(2004, 6);

    [Fact]
    public void All_months_are_new_to_who_has_seen_nothing() => Assert.Equal(Month.Earliest, new FigureChanges(new()).From(To(March).View()));

    [Fact]
    public void Nothing_is_new_after_a_look()
    {
        var (mark, changes) = Seen(To(March));

        Assert.Null(changes.From(To(March).View()));
        Assert.Null(mark.From);
    }

    [Fact]
    public void A_change_within_what_is_reported_is_new_from_its_month_on()
    {
        var (mark, changes) = Seen(To(June));
        mark.Lower(March);

        Assert.Equal(March, changes.From(To(June).View()));
    }

    /// <summary>A later month was reported: the months between were not there before, and are now, complete or not.</summary>
    [Fact]
    public void A_later_report_makes_the_months_after_the_newest_before_new()
    {
        var (mark, changes) = Seen(To(March));
        mark.Lower(June);

        Assert.Equal(March + 1, changes.From(To(June).View()));
    }

    [Fact]
    public void A_newest_report_taken_back_makes_the_months_after_the_newest_left_new()
    {
        var (mark, changes) = Seen(To(June));
        mark.Lower(June);

        Assert.Equal(March + 1, changes.From(To(March).View()));
    }

    [Fact]
    public void A_change_before_the_gap_counts_from_its_own_month()
    {
        var (mark, changes) = Seen(To(March));
        mark.Lower(January);

        Assert.Equal(January, changes.From(To(June).View()));
    }

    [Fact]
    public void The_first_report_of_a_feed_makes_all_months_new_and_so_does_the_last_one_taken_back()
    {
        var (mark, changes) = Seen(To(March));
        mark.Lower(March);
        Assert.Equal(Month.Earliest, changes.From(To(March).Reported(Feed.Linkage, March, March).View()));

        (mark, changes) = Seen(To(March).Reported(Feed.Linkage, March, March));
        mark.Lower(March);
        Assert.Equal(Month.Earliest, changes.From(To(March).View()));
    }

    private static (ChangeMark Mark, FigureChanges Changes) Seen(CellTable cells)
    {
        var mark = new ChangeMark();
        var changes = new FigureChanges(mark);
        changes.Seen(cells.View());
        return (mark, changes);
    }

    /// <summary>Output reported from January on.</summary>
    private static CellTable To(Month last) => new CellTable().Active(January, 1).Reported(Feed.Output, January, last);
}
