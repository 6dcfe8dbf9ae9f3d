using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Alerts;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Indicators;
using ClusterPulse.Policies;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;
using Health = ClusterPulse.V1.Health;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>
/// A county of a hundred foreign-funded firms. One brings 40 % of the investment, all of it from Taiwan; the others' is mostly from
/// Hong Kong, whose share of the whole is 49 %. While the one is late it seems to be more than half.
/// </summary>
public sealed class LateGiantTests(LoadedReference reference)
{
    private const int Others = 99;
    private const string Giant = "org-giant";
    private const string Kunshan = "regions/320583";
    private static readonly string[] Codes = ["320583", "320581", "3205", "32", "CN"];
    private static readonly Month First = new(2003, 12);
    private static readonly Month Late = new(2004, 12);
    private static readonly IndicatorCatalogue Catalogue = new();

    [Fact]
    public void Raises_one_alert_of_its_feed_and_none_of_a_value()
    {
        var world = AllBut(Giant);
        world.Close(Feed.Fdi, Late);

        var alert = Assert.Single(Alerts(world));

        Assert.Equal(("FeedOverdue", "county", "320583", "feed fdi"), (alert.Name, alert.Level, alert.Code, alert.Why));
        Assert.Equal(0.99, Value(world, "reporting_coverage_ratio", "by=count,feed=fdi"));
        Assert.Equal(0.6, Value(world, "reporting_coverage_ratio", "by=value,feed=fdi"), 12);
    }

    [Fact]
    public void Figures_stay_at_the_last_complete_month_where_those_of_the_late_one_would_give_a_false_alarm()
    {
        var world = AllBut(Giant);
        world.Close(Feed.Fdi, Late);

        var shown = world.Newest(Kunshan).Of("fdi_top_source_share", "basis=immediate,source=HK");

        Assert.Equal(Late - 1, shown.Period);
        Assert.Equal(0.49, shown.Figure.Value!.Value, 12);
        var view = new CellView(world.Cells(Kunshan), ExchangeRates.None, _ => 2, world.Closed);
        var misleading = Catalogue.Find("fdi_top_source_share")!.At(view, Late).Single(f => f.Labels == shown.Figure.Labels);
        Assert.True(misleading.Value > AlertPolicyCatalogue.All.Single(p => p.Key == AlertPolicyCatalogue.FdiTopSourceDominant).Value);
    }

    [Fact]
    public void Once_it_has_reported_there_is_no_alert()
    {
        var world = AllBut(Giant);
        world.Close(Feed.Fdi, Late);
        world.Report(Giant, Feed.Fdi, Late, Invested("TW", 39_600));

        Assert.Empty(Alerts(world));
        Assert.Equal(Late, world.Newest(Kunshan).Of("fdi_top_source_share", "basis=immediate,source=HK").Period);
    }

    [Fact]
    public void Before_the_month_is_closed_nobody_is_late()
    {
        var world = AllBut(Giant);
        world.Close(Feed.Fdi, Late - 1);

        Assert.Empty(Alerts(world));
    }

    /// <summary>Everyone reports every month, but for one in the last.</summary>
    private ReportingWorld AllBut(string late)
    {
        var world = new ReportingWorld(reference);
        world.Register(Giant, "320583", Ownership.Foreign, First);
        // The rest of the prefecture is ten times as large, so that the prefecture is complete without the giant.
        world.Register("org-neighbour", "320581", Ownership.Foreign, First);
        for (var i = 0; i < Others; i++)
            world.Register($"org-{i}", "320583", Ownership.Foreign, First);
        for (var month = First; month <= Late; month += 1)
        {
            if (month < Late || late != Giant)
                world.Report(Giant, Feed.Fdi, month, Invested("TW", 39_600));
            world.Report("org-neighbour", Feed.Fdi, month, Invested("HK", 485_100), Invested("TW", 396_000), Invested("JP", 108_900));
            for (var i = 0; i < Others; i++)
                world.Report($"org-{i}", Feed.Fdi, month, Invested("HK", 490), Invested("JP", 110));
        }
        return world;
    }

    private IReadOnlyList<RaisedAlert> Alerts(ReportingWorld world)
    {
        var places = Codes.Select(code => Health(world, code)).ToList();
        return AlertRules.Evaluate(
            places,
            places.SelectMany(p => AlertPolicyCatalogue.All.Select(t => (Key: (p.Name, t.Key), t.Value))).ToDictionary(t => t.Key, t => t.Value));
    }

    private Health Health(ReportingWorld world, string code)
    {
        var region = reference.Region(code);
        return new PlaceHealth
        {
            Place = Places.Region(code),
            Level = region.Level.Word(),
            Parent = region.Parent is { } parent ? Places.Region(parent.Code) : null,
            NameZh = region.NameZh,
            NameEn = region.NameEn,
            Path = region.PathZh,
            Figures = [.. world.Newest(Places.Region(code))],
        }.ToMessage(Catalogue);
    }

    private static double Value(ReportingWorld world, string indicator, string labels) =>
        world.Newest(Kunshan).Of(indicator, labels).Figure.Value!.Value;
}
