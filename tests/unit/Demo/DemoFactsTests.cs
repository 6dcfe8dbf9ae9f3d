using ClusterPulse.Demo;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Demo;

/// <summary>The case of the source, recounted from the messages.</summary>
public sealed class DemoFactsTests(Recount recount) : IClassFixture<Recount>
{
    private const string Newest = DemoFacts.LastPeriod;
    private const string Before = "2004-09";

    [Fact]
    public void Suzhou_has_2100_foreign_funded_enterprises_all_in_14_zones()
    {
        var zones = recount.World.Bureaus[0].Estates.Select(e => e.Name["estates/".Length..]).ToHashSet();
        Assert.Equal(DemoFacts.Zones, zones.Count);
        Assert.All(recount.World.Bureaus[0].Estates, e => Assert.True(e.Rank is EstateRank.Nation or EstateRank.Province));
        var foreign = recount.ForeignFunded(DemoFacts.Suzhou, Newest).ToList();
        Assert.Equal(DemoFacts.ForeignFunded, foreign.Count);
        Assert.Equal(zones, foreign.Select(f => f.Estate).ToHashSet());
        Assert.All(foreign.CountBy(f => f.Estate), zone => Assert.True(zone.Value >= 10));
    }

    [Fact]
    public void Of_them_175_in_5_zones_buy_from_134_local_suppliers()
    {
        var links = recount.LocalLinks(DemoFacts.Suzhou, Newest);
        Assert.Equal(DemoFacts.LinkedBuyers, links.Select(l => l.Buyer.Name).Distinct().Count());
        Assert.Equal(DemoFacts.LocalSuppliers, links.Select(l => l.Supplier).Distinct().Count());
        Assert.Equal(DemoFacts.LinkedZones, links.Select(l => l.Buyer.Estate).Distinct().Count());
    }

    [Fact]
    public void In_the_other_9_zones_no_line_was_ever_local()
    {
        var linked = recount.LocalLinks(DemoFacts.Suzhou, Newest).Select(l => l.Buyer.Estate).ToHashSet();
        var early = recount.LocalLinks(DemoFacts.Suzhou, "2003-12").Select(l => l.Buyer.Estate).ToHashSet();
        Assert.Equal(linked, early);
        var others = recount.ForeignFunded(DemoFacts.Suzhou, Newest).Where(f => !linked.Contains(f.Estate)).ToList();
        Assert.Equal(DemoFacts.Zones - DemoFacts.LinkedZones, others.Select(f => f.Estate).Distinct().Count());
        var reports = others.Select(f => recount.Standing[(f.Name, Feed.Linkage, Newest)]).ToList();
        Assert.Contains(reports, r => r.Nil);
        var kinds = reports.Where(r => !r.Nil).SelectMany(r => r.Linkage.Lines).Select(l => l.SupplierCase).ToHashSet();
        Assert.Equal(4, kinds.Count);
    }

    [Fact]
    public void The_linkage_of_one_zone_falls_in_the_last_three_months()
    {
        int Buyers(string period, string? zone) => recount.LocalLinks(DemoFacts.Suzhou, period)
            .Where(l => zone is null || l.Buyer.Estate == zone).Select(l => l.Buyer.Name).Distinct().Count();

        Assert.Equal(DemoFacts.LinkedBuyersBefore, Buyers(Before, null));
        Assert.Equal(DemoFacts.LocalSuppliersBefore, recount.LocalLinks(DemoFacts.Suzhou, Before).Select(l => l.Supplier).Distinct().Count());
        Assert.Equal([110, 90, 70, 50], new[] { Before, "2004-10", "2004-11", Newest }.Select(p => Buyers(p, DemoFacts.FallingZone)));
        var others = DemoFacts.LinkedBuyers - 50;
        Assert.All([Before, "2004-10", "2004-11", Newest, "2003-12"],
            p => Assert.Equal(others, Buyers(p, null) - Buyers(p, DemoFacts.FallingZone)));
        var foreignBefore = recount.ForeignFunded(DemoFacts.Suzhou, Before).Count();
        Assert.InRange(175.0 / 2100 - 235.0 / foreignBefore, -0.031, -0.027);
    }

    [Fact]
    public void Foreign_funded_are_45_percent_of_hi_tech_and_85_of_electronics()
    {
        var active = recount.Active(DemoFacts.Suzhou, Newest).ToList();
        Assert.Equal(DemoFacts.ForeignFunded + DemoFacts.SuzhouDomestic, active.Count);
        var hiTech = active.Where(e => e.HiTech).ToList();
        Assert.Equal(DemoFacts.HiTech, hiTech.Count);
        Assert.Equal(DemoFacts.HiTechForeignFunded, hiTech.Count(Recount.IsForeignFunded));
        var electronics = active.Where(IsElectronics).ToList();
        Assert.Equal(DemoFacts.Electronics, electronics.Count);
        Assert.Equal(DemoFacts.ElectronicsForeignFunded, electronics.Count(Recount.IsForeignFunded));
    }

    [Fact]
    public void Investment_is_6_billion_a_year_mostly_electronics_from_Taiwan_first_and_grows_by_40_percent()
    {
        var before = recount.FdiBySource("2003", InSuzhou);
        var now = recount.FdiBySource("2004", InSuzhou);
        var sum = now.Values.Sum();
        Assert.InRange(sum / 100.0, 5e9, 7e9);
        Assert.InRange((double)sum / before.Values.Sum(), 1.38, 1.42);
        Assert.Equal("TW", now.MaxBy(s => s.Value).Key);
        Assert.InRange((double)now["TW"] / sum, 0.42, 0.50);
        Assert.InRange((double)recount.FdiBySource("2004", e => InSuzhou(e) && IsElectronics(e)).Values.Sum() / sum, 0.5, 0.75);
        var kunshan = recount.FdiBySource("2004", e => e.Region.StartsWith("320583", StringComparison.Ordinal));
        Assert.True(kunshan["TW"] > kunshan.Values.Sum() / 2);
    }

    [Fact]
    public void Investment_of_one_zone_comes_to_hang_on_one_source()
    {
        Func<Enterprise, bool> zone = e => e.Estate == DemoFacts.ConcentratingZone;
        var rise = Recount.Hhi(recount.FdiBySource("2004", zone)) - Recount.Hhi(recount.FdiBySource("2003", zone));
        Assert.True(rise > 0.1, $"rise {rise}");
        Assert.InRange(Recount.Hhi(recount.FdiBySource("2004", InSuzhou)) - Recount.Hhi(recount.FdiBySource("2003", InSuzhou)), -0.05, 0.05);
    }

    [Fact]
    public void Output_of_foreign_funded_electronics_firms_grows_by_40_percent_in_every_month()
    {
        foreach (var period in Recount.Window(Newest))
            Assert.InRange(recount.Growth(DemoFacts.Suzhou, period, e => Recount.IsForeignFunded(e) && IsElectronics(e)), 0.39, 0.41);
        Assert.InRange(recount.Growth(DemoFacts.Wenzhou, Newest, _ => true), 0.07, 0.09);
    }

    [Fact]
    public void Nearly_all_enterprises_employ_fewer_than_500()
    {
        foreach (var bureau in recount.World.Bureaus)
        {
            var persons = recount.Active(bureau.Bureau, Newest)
                .Select(e => recount.Standing.GetValueOrDefault((e.Name, Feed.Employment, Newest)))
                .OfType<Report>().Select(r => r.Employment.Persons).ToList();
            Assert.InRange((double)persons.Count(p => p < 500) / persons.Count, 0.95, bureau.Bureau == DemoFacts.Italy ? 1 : 0.985);
        }
    }

    [Fact]
    public void Wenzhou_is_linked_private_and_little_invested_in()
    {
        Assert.Equal(DemoFacts.WenzhouForeignFunded, recount.ForeignFunded(DemoFacts.Wenzhou, Newest).Count());
        var links = recount.LocalLinks(DemoFacts.Wenzhou, Newest);
        Assert.Equal(DemoFacts.WenzhouLinkedBuyers, links.Select(l => l.Buyer.Name).Distinct().Count());
        Assert.All(links, l => Assert.Equal(Ownership.Private, recount.ProfileAt(l.Supplier, Newest)!.Ownership));
        var fdi = recount.FdiBySource("2004", e => e.Region.StartsWith(DemoFacts.Wenzhou, StringComparison.Ordinal));
        Assert.True(Recount.Hhi(fdi) < 0.2);
        Assert.True(fdi.Values.Sum() < recount.FdiBySource("2004", InSuzhou).Values.Sum() / 20);
    }

    private static bool InSuzhou(Enterprise e) => e.Region.StartsWith(DemoFacts.Suzhou, StringComparison.Ordinal);

    private static bool IsElectronics(Enterprise e) => e.Industry.StartsWith("39", StringComparison.Ordinal);
}
