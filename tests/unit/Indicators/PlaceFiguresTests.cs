using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which months figures are given for.</summary>
public sealed class PlaceFiguresTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void A_feed_that_nobody_has_to_report_holds_nothing_back()
    {
        var cells = Place("private").Reported(Feed.Output, Now, Now);
        var view = cells.ViewClosed((Feed.Output, Now));

        var figure = Assert.Single(PlaceFigures.Newest(view, [new ProbeIndicator(Feed.Output, Feed.Fdi)]));

        Assert.Equal((Now, 1d, FigureStatus.Final), (figure.Period, figure.Coverage, figure.Status));
        Assert.Equal(FigureStatus.Provisional, Assert.Single(PlaceFigures.Newest(cells.View(), [new ProbeIndicator(Feed.Output, Feed.Fdi)])).Status);
    }

    [Theory]
    [InlineData(Feed.Export, Feed.Output, Feed.Employment)]
    [InlineData(Feed.Output, Feed.Export, Feed.Employment)]
    [InlineData(Feed.Output, Feed.Employment, Feed.Export)]
    public void The_feed_that_is_furthest_behind_tells_the_month_however_far(Feed first, Feed second, Feed third)
    {
        var view = Place().Reported(Feed.Export, Now - 14, Now - 14).Reported(Feed.Output, Now - 14, Now).Reported(Feed.Employment, Now - 14, Now).View();

        Assert.Equal(Now - 14, PlaceFigures.NewestComplete(view, [first, second, third]));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(11, true)]
    [InlineData(12, false)]
    public void A_month_that_all_have_complete_is_looked_for_through_a_year(int back, bool isFound)
    {
        var view = Place()
            .Reported(Feed.Output, Now - back, Now - back).Reported(Feed.Output, Now, Now)
            .Reported(Feed.Export, Now - back, Now - back).Reported(Feed.Export, Now + 1, Now + 1).View();

        Assert.Equal(isFound ? Now - back : null, PlaceFigures.NewestComplete(view, [Feed.Output, Feed.Export]));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(11, true)]
    [InlineData(12, false)]
    public void The_other_must_have_the_month_complete_too(int back, bool isFound)
    {
        var nation = Place().Reported(Feed.Output, Now - back, Now - back).View();
        var view = new CellView(Place().Reported(Feed.Output, Now - 20, Now), ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)>())
        {
            Around = new(nation, null),
        };

        var figures = PlaceFigures.Newest(view, [new ProbeIndicator(Feed.Output) { ComparedWith = Peer.Nation }]).ToList();

        Assert.Equal(isFound ? [Now - back] : [], figures.Select(f => f.Period));
        Assert.Empty(PlaceFigures.Newest(view, [new ProbeIndicator(Feed.Output) { ComparedWith = Peer.Parent }]));
    }

    [Fact]
    public void Where_none_of_its_feeds_is_reported_employment_tells_whether_a_month_is_complete()
    {
        var view = new CellTable().Active(Now - 1, 2, "private").Reported(Feed.Employment, Now - 1, Now - 1, 2).Reported(Feed.Employment, Now, Now).View();
        var linkage = new ProbeIndicator(Feed.Linkage);

        Assert.Equal(Now - 1, Assert.Single(PlaceFigures.Newest(view, [linkage])).Period);
        Assert.Equal(1, Assert.Single(PlaceFigures.At(view, [linkage], Now - 1)).Figure.Value);
        var figure = Assert.Single(PlaceFigures.At(view, [linkage], Now)).Figure;
        Assert.Equal((null, Unavailable.Incomplete), (figure.Value, figure.Reason));
    }

    [Theory]
    [InlineData(Feed.Output, Feed.Linkage)]
    [InlineData(Feed.Linkage, Feed.Output)]
    public void Reporting_is_judged_at_the_newest_month_that_is_over(Feed ahead, Feed behind)
    {
        var view = Place().Reported(ahead, Now - 5, Now).Reported(behind, Now - 5, Now - 3).ViewClosed((behind, Now - 4), (ahead, Now - 2), (ahead, Now - 3));

        Assert.Equal(Now - 2, OfReporting(view));
    }

    [Theory]
    [InlineData(Feed.Output, Feed.Linkage)]
    [InlineData(Feed.Linkage, Feed.Output)]
    public void Before_any_month_is_over_reporting_is_judged_at_the_newest_that_anybody_reported(Feed ahead, Feed behind)
    {
        var view = Place().Reported(ahead, Now - 5, Now).Reported(behind, Now - 9, Now - 3).View();

        Assert.Equal(Now, OfReporting(view));
    }

    [Fact]
    public void History_goes_from_the_oldest_month_to_the_newest()
    {
        var view = Place().Reported(Feed.Output, Now - 1, Now + 1).Reported(Feed.Employment, Now - 3, Now).View();

        var months = PlaceFigures.Settled(view, new(), Month.Earliest, Month.Earliest).Select(f => f.Period).ToList();

        Assert.Equal(months.Order(), months);
        Assert.Equal([Now - 3, Now - 2, Now - 1, Now, Now + 1], months.Distinct());
    }

    [Fact]
    public void Figures_of_a_cluster_stand_after_those_of_the_place_and_only_of_indicators_that_are_given_for_clusters()
    {
        var catalogue = new IndicatorCatalogue();
        var view = OneCluster().View("3201");

        var asked = PlaceFigures.At(view, catalogue.Computed, Now).ToList();
        var settled = PlaceFigures.Settled(view, catalogue, Month.Earliest, Month.Earliest).ToList();

        Assert.Equal(["", "industry=39"], asked.Where(f => f.Indicator == "employment_persons").Select(f => f.Figure.Labels));
        Assert.Equal(catalogue.OfClusters.Select(i => i.Definition.Id).Order(StringComparer.Ordinal), OfClusters(asked));
        Assert.Subset(OfClusters(asked).ToHashSet(), OfClusters(settled).ToHashSet());
        Assert.Equal(
            [5_000d, 5_000d],
            settled.Where(f => f is { Indicator: "employment_persons" } && f.Period == Now).Select(f => f.Figure.Value!.Value));

        static IEnumerable<string> OfClusters(IEnumerable<PlaceFigure> figures) => figures
            .Where(f => f.Figure.HasLabels("industry=39") && f.Indicator is not ("location_quotient" or "cluster_stars"))
            .Select(f => f.Indicator).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>Electronics in one of five prefectures, for three months.</summary>
    internal static ClusterWorld OneCluster(string prefecture = "3201")
    {
        var world = new ClusterWorld(Now - 2, Now, "3201", "3202", "3203", "3204", "3205");
        for (var month = Now - 2; month <= Now; month += 1)
        {
            world.Employ(prefecture, "39", month, 5_000);
            world.Employ("3202", "17", month, 90_000);
        }
        return world;
    }

    private static CellTable Place(string kind = "foreign") => new CellTable().Active(Now - 20, 1, kind);

    private static Month OfReporting(CellView view) =>
        Assert.Single(PlaceFigures.Newest(view, [new ProbeIndicator { IsAboutReporting = true }])).Period;
}
