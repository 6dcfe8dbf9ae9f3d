using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Which purchases are local in the real region tree, and at which levels they count.</summary>
public sealed class LocalPurchasesTests(LoadedReference reference)
{
    private static readonly Month Period = new(2004, 10);

    [Theory]
    [InlineData("320583", "320585", true, "counties of one prefecture")]
    [InlineData("320583", "320602", false, "counties of two prefectures")]
    [InlineData("500101", "500229", true, "a district of 5001 and a county of 5002")]
    [InlineData("500229", "500101", true, "a county of 5002 and a district of 5001")]
    [InlineData("429004", "429005", false, "two counties that only a pseudo-prefecture lumps")]
    [InlineData("429004", "429004", true, "one county of a pseudo-prefecture")]
    [InlineData("441900003", "441900004", true, "towns of a prefecture without counties")]
    public void A_supplier_in_the_buyers_locality_is_local(string buyer, string supplier, bool local, string why)
    {
        var world = Bought(buyer, supplier, Ownership.Private);

        foreach (var region in reference.Region(buyer).Path)
        {
            var cells = world.Cells(Places.Region(region.Code));
            Assert.True(Linked(cells) == (local ? 1 : 0), $"{why}: {Linked(cells)} linked in {region}");
            Assert.Equal(local ? 70 : 0, cells[new(Measure.Purchases, "local|CNY", Period)]);
            Assert.Equal(local ? 0 : 70, cells[new(Measure.Purchases, "other|CNY", Period)]);
        }
    }

    [Fact]
    public void Each_half_of_Chongqing_shows_its_own_side_of_a_link_and_the_city_both()
    {
        var world = Bought("500101", "500229", Ownership.Private);

        Assert.Equal((1, 0), Sides("5001"));
        Assert.Equal((0, 1), Sides("5002"));
        Assert.Equal((1, 1), Sides("50"));

        (long Reached, long Located) Sides(string region)
        {
            var cells = world.Cells(Places.Region(region));
            return (Stock(cells, Measure.SupplierReached, "org-supplier"), Stock(cells, Measure.LinkedSupplier, "org-supplier"));
        }
    }

    [Fact]
    public void A_foreign_funded_neighbour_is_no_local_supplier() =>
        Assert.Equal(0, Linked(Bought("500101", "500229", Ownership.Hmt).Cells("regions/50")));

    private ReportingWorld Bought(string buyer, string supplier, Ownership ownership)
    {
        var world = new ReportingWorld(reference);
        world.Register("org-supplier", supplier, ownership, Period);
        world.Register("org-buyer", buyer, Ownership.Foreign, Period);
        world.Report("org-buyer", Feed.Linkage, Period, ReportingWorld.Bought("org-supplier", 70));
        return world;
    }

    private static long Linked(CellTable cells) => Stock(cells, Measure.Linked, "");

    private static long Stock(CellTable cells, Measure measure, string dimension) =>
        cells.Of(measure).TryGetValue(dimension, out var series) ? series.UpTo(Period) : 0;
}
