using ClusterPulse.Facts;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>A firm moves from Dongguan to Suzhou: the one loses what the other gains, from the month of the move on.</summary>
public sealed class MovingEnterpriseTests(LoadedReference reference)
{
    private const string Dongguan = "regions/4419";
    private const string Suzhou = "regions/3205";
    private const string Nation = "regions/CN";
    private const string Mover = "org-mover";
    private static readonly Month First = new(2003, 1);
    private static readonly Month Move = new(2004, 3);
    private static readonly Month Last = new(2004, 6);

    private static readonly string[] Sums = ["output_cny", "export_cny", "employment_persons", "fdi_utilised_usd"];

    [Fact]
    public void What_the_one_loses_the_other_gains_from_that_month_on_and_the_nation_keeps()
    {
        var stayed = Reported();
        var moved = Reported();
        moved.Register(Mover, "320583", Ownership.Hmt, Move);

        for (var month = First; month <= Last; month += 1)
        {
            foreach (var sum in Sums)
            {
                var own = month < Move ? 0 : OfTheMover(sum, month);
                Assert.Equal(Value(stayed, Dongguan, sum, month) - own, Value(moved, Dongguan, sum, month));
                Assert.Equal(Value(stayed, Suzhou, sum, month) + own, Value(moved, Suzhou, sum, month));
                Assert.Equal(Value(stayed, Nation, sum, month), Value(moved, Nation, sum, month));
            }
            var gone = month < Move ? 0 : 1;
            Assert.Equal(2 - gone, Value(moved, Dongguan, "enterprises", month, "ownership=hmt"));
            Assert.Equal(1 + gone, Value(moved, Suzhou, "enterprises", month, "ownership=hmt"));
        }
    }

    [Fact]
    public void History_stays_as_it_was()
    {
        var world = Reported();
        var dongguan = Before(world.Settled(Dongguan));
        var suzhou = Before(world.Settled(Suzhou));

        world.Register(Mover, "320583", Ownership.Hmt, Move);

        Assert.Equal(dongguan, Before(world.Settled(Dongguan)));
        Assert.Equal(suzhou, Before(world.Settled(Suzhou)));
        Assert.Contains(dongguan, f => f is { Indicator: "local_linkage_ratio", Value: 0.5 });
    }

    [Fact]
    public void Its_local_links_stay_behind_until_it_buys_where_it_is_now()
    {
        var world = Reported();
        world.Register(Mover, "320583", Ownership.Hmt, Move);

        Assert.Equal(0.5, Value(world, Dongguan, "local_linkage_ratio", Move - 1));
        Assert.Equal(0, Value(world, Dongguan, "local_linkage_ratio", Move));
        Assert.Equal(0, Value(world, Suzhou, "local_linkage_ratio", Move));

        world.Report(Mover, Feed.Linkage, Move + 1, Bought("org-suzhou", 40));

        Assert.Equal(0, Value(world, Suzhou, "local_linkage_ratio", Move));
        Assert.Equal(0.5, Value(world, Suzhou, "local_linkage_ratio", Move + 1));
        Assert.Equal(0, Value(world, Dongguan, "local_linkage_ratio", Move + 1));
    }

    /// <summary>Two HMT-funded firms in Dongguan and one in Suzhou, and a supplier in each; the mover alone buys locally.</summary>
    private ReportingWorld Reported()
    {
        var world = new ReportingWorld(reference);
        world.Register("org-dongguan", "441900004", Ownership.Private, First);
        world.Register("org-suzhou", "320505", Ownership.Private, First);
        world.Register(Mover, "441900003", Ownership.Hmt, First);
        world.Register("org-stays", "441900004", Ownership.Hmt, First);
        world.Register("org-there", "320576", Ownership.Hmt, First);
        for (var month = First; month <= Last; month += 1)
        {
            foreach (var (enterprise, size) in new[] { ("org-dongguan", 1), ("org-suzhou", 2), (Mover, 3), ("org-stays", 5), ("org-there", 7) })
            {
                world.Report(enterprise, Feed.Output, month, Yuan(size * (100 + month.Number) * 100));
                world.Report(enterprise, Feed.Export, month, Yuan(size * (10 + month.Number) * 100));
                world.Report(enterprise, Feed.Employment, month, Persons(size * (100 + month.Number)));
            }
            foreach (var (enterprise, size) in new[] { (Mover, 3), ("org-stays", 5), ("org-there", 7) })
            {
                world.Report(enterprise, Feed.Fdi, month, Invested("TW", size * (50 + month.Number) * 100));
                world.Report(enterprise, Feed.Linkage, month, Bought(enterprise == Mover ? "org-dongguan" : "org-nowhere", size * 100));
            }
        }
        return world;
    }

    private static double OfTheMover(string indicator, Month month) => 3 * (month.Number + indicator switch
    {
        "export_cny" => 10,
        "fdi_utilised_usd" => 50,
        _ => 100,
    });

    private static double? Value(ReportingWorld world, string place, string indicator, Month month, string labels = "") =>
        world.At(place, month).Of(indicator, labels).Figure.Value;

    private static IReadOnlyList<(string Indicator, string Labels, Month Period, double? Value)> Before(IEnumerable<PlaceFigure> figures) =>
        figures.Where(f => f.Period < Move).Said();
}
