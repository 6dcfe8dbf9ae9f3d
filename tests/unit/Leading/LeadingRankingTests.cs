using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Leading;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Leading;

/// <summary>Who leads, and which suppliers it has lost.</summary>
public sealed class LeadingRankingTests(LoadedReference reference)
{
    private const string Suzhou = "regions/3205";
    private static readonly Month First = new(2003, 1);
    private static readonly Month Now = First + 23;

    [Fact]
    public void Lost_are_the_suppliers_of_a_year_before_that_are_none_now_whoever_has_come()
    {
        var world = World();
        world.Report("org-A", Feed.Linkage, First + 2, Bought("org-1"), Bought("org-2"), Bought("org-3"), Bought("org-far"));
        world.Report("org-A", Feed.Linkage, Now, Bought("org-2"), Bought("org-4"), Bought("org-5"), Bought("org-far"));

        var leader = Ranking(world).Describe(world.State("org-A"), Geography);

        Assert.Equal((3, 3, 2), (leader.Suppliers, leader.SuppliersYearBefore, leader.SuppliersLost));
        Assert.Equal(3, world.Cells(Suzhou).Of(Measure.BuyerSuppliers)["org-A"].UpTo(Now));
    }

    [Fact]
    public void They_are_ranked_by_output_or_by_suppliers_and_equal_ones_by_id()
    {
        var world = World();
        foreach (var (firm, output) in ((string, long)[])[("org-A", 100), ("org-1", 100), ("org-2", 700), ("org-far", 900)])
            world.Report(firm, Feed.Output, Now, ReportingWorld.Yuan(output));
        world.Report("org-A", Feed.Linkage, Now, Bought("org-1"), Bought("org-2"));
        world.Report("org-3", Feed.Linkage, Now, Bought("org-1"));
        var ranking = Ranking(world);

        Assert.Equal(["org-2", "org-1"], ranking.First(LeadingBy.Output, 2));
        Assert.Equal(["org-A", "org-3"], ranking.First(LeadingBy.Suppliers, 10));
        var first = ranking.Describe(world.State("org-2"), Geography);
        Assert.Equal((7d, 700d / 900, 0), (first.Output!.Value, first.Share!.Value, first.Suppliers!.Value));
        Assert.Equal(0, ranking.Describe(world.State("org-3"), Geography).Output);
    }

    private Geography Geography => field ??= new(reference.Data, _ => null);

    private ReportingWorld World()
    {
        var world = new ReportingWorld(reference);
        foreach (var firm in (string[])["org-A", "org-1", "org-2", "org-3", "org-4", "org-5"])
            world.Register(firm, "320583", Ownership.Private, First);
        world.Register("org-far", "4419", Ownership.Private, First);
        return world;
    }

    private LeadingRanking Ranking(ReportingWorld world) =>
        new(new IndicatorFormulas(new(), reference.Data).View(world.Cells(Suzhou), ExchangeRates.None, world.Closed), Suzhou, Now);

    private static ReportLine Bought(string supplier) => ReportingWorld.Bought(supplier, 10);
}
