using ClusterPulse.Demo;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Demo;

/// <summary>Guangdong and Dongguan, recounted from the messages.</summary>
public sealed class GuangdongFactsTests(Recount recount) : IClassFixture<Recount>
{
    private const string Newest = DemoFacts.LastPeriod;

    [Fact]
    public void Dongguan_has_280_electronics_enterprises_most_of_them_foreign_funded()
    {
        var electronics = recount.Active(DemoFacts.Dongguan, Newest).Where(IsElectronics).ToList();
        Assert.Equal(DemoFacts.DongguanElectronics, electronics.Count);
        Assert.Equal(DemoFacts.DongguanElectronicsForeignFunded, electronics.Count(Recount.IsForeignFunded));
        Assert.Equal(DemoFacts.DongguanForeignFunded, recount.ForeignFunded(DemoFacts.Dongguan, Newest).Count());
    }

    [Fact]
    public void Taiwan_is_its_main_source_and_takes_its_new_electronics_to_Suzhou()
    {
        Assert.Equal("TW", recount.FdiBySource("2003", In(DemoFacts.Dongguan)).MaxBy(s => s.Value).Key);
        var (dongguanBefore, dongguanNow) = Taiwanese(DemoFacts.Dongguan);
        var (suzhouBefore, suzhouNow) = Taiwanese(DemoFacts.Suzhou);
        Assert.InRange((double)dongguanNow / dongguanBefore, 0.5, 0.7);
        Assert.True(suzhouNow > suzhouBefore * 1.3);
        // Among the two, Dongguan's share of Taiwan's electronics halves.
        Assert.True((double)dongguanNow / (dongguanNow + suzhouNow) < 0.55 * dongguanBefore / (dongguanBefore + suzhouBefore));
        Assert.True(recount.FdiBySource("2004", In(DemoFacts.Dongguan)).Values.Sum() < recount.FdiBySource("2003", In(DemoFacts.Dongguan)).Values.Sum());

        (long Before, long Now) Taiwanese(string bureau)
        {
            Func<Enterprise, bool> which = e => In(bureau)(e) && IsElectronics(e);
            return (recount.FdiBySource("2003", which)["TW"], recount.FdiBySource("2004", which)["TW"]);
        }
    }

    [Fact]
    public void Few_of_Dongguan_buy_locally()
    {
        var links = recount.LocalLinks(DemoFacts.Dongguan, Newest);
        Assert.Equal(DemoFacts.DongguanLinkedBuyers, links.Select(l => l.Buyer.Name).Distinct().Count());
        Assert.True(DemoFacts.DongguanLinkedBuyers < DemoFacts.DongguanForeignFunded / 10);
    }

    [Fact]
    public void Guangdong_has_700_foreign_funded_enterprises_98_percent_small_ones_and_150000_employed()
    {
        Assert.Equal(DemoFacts.GuangdongForeignFunded, recount.ForeignFunded(DemoFacts.Guangdong, Newest).Count());
        var persons = recount.Active(DemoFacts.Guangdong, Newest)
            .Select(e => recount.Standing[(e.Name, Feed.Employment, Newest)].Employment.Persons).ToList();
        Assert.Equal(DemoFacts.GuangdongEnterprises, persons.Count);
        Assert.Equal(DemoFacts.GuangdongSmall, persons.Count(p => p < 500));
        Assert.Equal(0.98, (double)DemoFacts.GuangdongSmall / DemoFacts.GuangdongEnterprises, 3);
        Assert.InRange(persons.Sum(), DemoFacts.GuangdongPersons * 0.98, DemoFacts.GuangdongPersons * 1.02);
    }

    [Fact]
    public void There_are_46_specialised_towns_each_with_one_industry_of_domestic_firms()
    {
        var towns = recount.Active(DemoFacts.Guangdong, Newest).Where(e => !Recount.IsForeignFunded(e))
            .GroupBy(e => e.Region).Where(town => town.CountBy(e => e.Industry).Any(trade => trade.Value >= 4)).ToList();
        Assert.Equal(DemoFacts.SpecialisedTowns, towns.Count);
        Assert.All(towns, town => Assert.Equal(9, town.Key.Length));
    }

    private static Func<Enterprise, bool> In(string bureau) => e => e.Region.StartsWith(bureau, StringComparison.Ordinal);

    private static bool IsElectronics(Enterprise e) => e.Industry.StartsWith("39", StringComparison.Ordinal);
}
