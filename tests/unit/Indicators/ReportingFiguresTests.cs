using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Figures about reporting itself.</summary>
public sealed class ReportingFiguresTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void They_are_of_the_month_that_is_due_complete_or_not()
    {
        var view = new CellTable().Active(Now - 1, 1).Reported(Feed.Employment, Now - 1, Now - 1).ViewClosed((Feed.Employment, Now));

        var figures = PlaceFigures.Newest(view, [new ReportingCoverage(), new FeedOverdue(), new SuspectReports()]).ToList();

        Assert.All(figures, f => Assert.Equal(Now, f.Period));
        Assert.Equal(["reporting_coverage_ratio", "feed_overdue", "suspect_reports"], figures.Select(f => f.Indicator).Distinct());
        Assert.Equal(1, figures.Of("feed_overdue", "feed=employment").Figure.Value);
    }

    [Fact]
    public void Coverage_is_given_of_feeds_that_somebody_has_to_report()
    {
        var view = new CellTable().Active(Now, 2, "private").Reported(Feed.Output, Now, Now).View();

        var figures = new ReportingCoverage().At(view, Now).ToList();

        Assert.Equal(
            [
                ("by=count,feed=output", 0.5), ("by=value,feed=output", 0.5), ("by=count,feed=export", 0), ("by=value,feed=export", 0),
                ("by=count,feed=employment", 0), ("by=value,feed=employment", 0),
            ],
            figures.Select(f => (f.Labels, f.Value!.Value)));
    }

    [Fact]
    public void Suspect_reports_are_counted_of_feeds_that_are_checked_and_that_somebody_has_to_report()
    {
        var cells = new CellTable().Active(Now, 2).With(new(Measure.Suspect, "export", Now), 1);

        Assert.Equal(
            [("feed=output", 0d), ("feed=export", 1d), ("feed=employment", 0d)],
            new SuspectReports().At(cells.View(), Now).Select(f => (f.Labels, f.Value!.Value)));
        Assert.Empty(new SuspectReports().At(cells.View(), Now - 1));
    }
}
