using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using ClusterPulse.UnitTests.Silo;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Nobody reports, or one does not: what figures say for more than a year after.</summary>
public sealed class SilentReportersTests(LoadedReference reference)
{
    private const int SilentMonths = 13;
    private const string Suzhou = "regions/3205";
    private static readonly Month First = new(2002, 1);
    private static readonly Month Last = new(2003, 12);

    [Fact]
    public async Task With_no_reports_for_thirteen_months_gauges_stay_at_the_last_complete_month_and_every_feed_is_overdue()
    {
        var world = AllReport();
        await using var store = await SqliteWorld.CreateAsync(reference);
        await store.CommitAsync(world.Changes);
        await CloseAsync(store, Last);
        var before = await store.FiguresAsync(Suzhou);

        for (var month = Last + 1; month <= Last + SilentMonths; month += 1)
            await CloseAsync(store, month);
        var after = await store.FiguresAsync(Suzhou);

        // The purchases are out of every window by now, and still it is the last complete month that is shown.
        Assert.Equal(0, world.Cells(Suzhou).Of(Measure.Linked)[""].UpTo(Last + SilentMonths));
        Assert.Equal(0.5, after.Of("local_linkage_ratio").Figure.Value);
        Assert.Equal(OfTheEconomy(before).Said(), OfTheEconomy(after).Said());
        Assert.All(OfTheEconomy(after), f => Assert.Equal(Last, f.Period));
        foreach (var feed in VocabularyWords.Feeds)
        {
            Assert.Equal(0, before.Of("feed_overdue", $"feed={feed.Word()}").Figure.Value);
            Assert.Equal(1, after.Of("feed_overdue", $"feed={feed.Word()}").Figure.Value);
            Assert.Equal(0, after.Of("reporting_coverage_ratio", $"by=value,feed={feed.Word()}").Figure.Value);
        }
        Assert.Equal(0, (await store.AuditAsync()).FigureDifferences);
    }

    [Fact]
    public void A_buyer_silent_for_thirteen_months_among_others_that_report_leaves_the_linked_count()
    {
        var world = new ReportingWorld(reference);
        world.Register("org-quiet", "320583", Ownership.Foreign, First);
        world.Register("org-loud", "320583", Ownership.Foreign, First);
        world.Register("org-supplier", "320585", Ownership.Private, First);
        // The one that falls silent is small enough for the months to be complete without it.
        world.Report("org-quiet", Feed.Linkage, First, Bought("org-supplier", 1_000));
        for (var month = First; month <= First + SilentMonths; month += 1)
            world.Report("org-loud", Feed.Linkage, month, Bought("org-supplier", 99_000));

        Assert.Equal(2, Linked(First));
        Assert.Equal(2, Linked(First + 11));
        Assert.Equal(1, Linked(First + 12));
        var shown = world.Newest(Suzhou).Of("local_linkage_ratio");
        Assert.Equal((First + SilentMonths, 0.5), (shown.Period, shown.Figure.Value));
        Assert.Equal([1, 2], shown.Figure.Operands.Select(o => o.Value));

        double Linked(Month month) => world.At(Suzhou, month).Of("local_linkage_ratio") is { Figure: { Value: not null } figure }
            ? figure.Operands.Single(o => o.Name == "linked").Value
            : throw new InvalidOperationException($"{month} is not complete");
    }

    private ReportingWorld AllReport()
    {
        var world = new ReportingWorld(reference);
        world.Register("org-linked", "320583", Ownership.Foreign, First);
        world.Register("org-island", "320505", Ownership.Hmt, First);
        world.Register("org-supplier", "320585", Ownership.Private, First);
        for (var month = First; month <= Last; month += 1)
        {
            foreach (var (enterprise, size) in new[] { ("org-linked", 3), ("org-island", 2), ("org-supplier", 1) })
            {
                world.Report(enterprise, Feed.Output, month, Yuan(size * (1_000 + month.Number)));
                world.Report(enterprise, Feed.Export, month, Yuan(size * 100));
                world.Report(enterprise, Feed.Employment, month, Persons(size * 200));
            }
            world.Report("org-linked", Feed.Fdi, month, Invested("TW", 500));
            world.Report("org-island", Feed.Fdi, month, Invested("HK", 300 + month.Number));
            world.Report("org-linked", Feed.Linkage, month, Bought("org-supplier", 50));
            world.Report("org-island", Feed.Linkage, month);
        }
        return world;
    }

    private static async Task CloseAsync(SqliteWorld store, Month month)
    {
        foreach (var feed in VocabularyWords.Feeds)
            await store.CommitAsync(new PeriodClosed(feed, month, "test"));
    }

    private static IEnumerable<PlaceFigure> OfTheEconomy(IEnumerable<PlaceFigure> figures) =>
        figures.Where(f => f.Indicator is not ("feed_overdue" or "reporting_coverage_ratio" or "suspect_reports"));
}
