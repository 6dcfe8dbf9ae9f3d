using ClusterPulse.Demo;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Demo;

/// <summary>Italy's districts, recounted from the messages.</summary>
public sealed class ItalyFactsTests(Recount recount) : IClassFixture<Recount>
{
    private const string Newest = DemoFacts.LastPeriod;

    [Fact]
    public void There_are_20_districts_of_small_firms_with_one_trade_each()
    {
        var districts = Districts();
        Assert.Equal(DemoFacts.ItalyDistricts, districts.Count);
        Assert.All(districts, d => Assert.Single(d.Select(e => e.Industry).Distinct()));
        var small = districts.SelectMany(d => d).Where(e => !Recount.IsForeignFunded(e)).ToList();
        Assert.Equal(DemoFacts.ItalySmallFirms, small.Count);
        Assert.All(small, e => Assert.True(recount.Standing[(e.Name, Feed.Employment, Newest)].Employment.Persons < 100));
    }

    [Fact]
    public void They_have_over_70_percent_of_manufacturing_30_of_employment_40_of_exports()
    {
        var (inside, all) = (Districts().SelectMany(d => d).ToList(), recount.Active(DemoFacts.Italy, Newest).ToList());
        var manufacturing = all.Where(e => int.Parse(e.Industry.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture) is >= 10 and <= 33);

        Assert.InRange(Of(inside, Output) / Of(manufacturing, Output), DemoFacts.ItalyDistrictManufacturing, 0.74);
        Assert.InRange(Persons(inside) / Persons(all), DemoFacts.ItalyDistrictEmployment - 0.005, DemoFacts.ItalyDistrictEmployment + 0.005);
        Assert.InRange(Of(inside, Export) / Of(all, Export), DemoFacts.ItalyDistrictExportShare - 0.01, DemoFacts.ItalyDistrictExportShare + 0.01);
    }

    [Fact]
    public void Seven_districts_export_more_than_200_million_dollars()
    {
        var exporting = Districts().Select(d => (Exports: Of(d, Export), Share: Of(d, Export) / Of(d, Output))).Where(d => d.Share > 0.3).ToList();
        Assert.Equal(DemoFacts.ItalyExportingDistricts, exporting.Count);
        Assert.InRange(exporting.Sum(d => d.Exports), DemoFacts.ItalyDistrictExports, DemoFacts.ItalyDistrictExports * 1.5);
    }

    [Fact]
    public void The_few_foreign_investors_are_rooted_in_their_districts()
    {
        var foreign = recount.ForeignFunded(DemoFacts.Italy, Newest).ToList();
        Assert.Equal(DemoFacts.ItalyForeignFunded, foreign.Count);
        Assert.All(foreign, e => Assert.Equal(Ownership.Foreign, e.Ownership));
        // The provincia is the locality; its code begins those of its comuni.
        var linked = foreign.Select(e => e.Region[..5]).Distinct()
            .SelectMany(provincia => recount.LocalLinks(provincia, Newest)).Select(l => l.Buyer.Name).Distinct();
        Assert.Equal(DemoFacts.ItalyLinkedBuyers, linked.Count());
        var fdi = recount.FdiBySource("2004", e => e.Region.StartsWith(DemoFacts.Italy, StringComparison.Ordinal));
        Assert.True(fdi.Values.Sum() < recount.FdiBySource("2004", e => e.Region.StartsWith(DemoFacts.Wenzhou, StringComparison.Ordinal)).Values.Sum());
    }

    [Fact]
    public void Growth_is_slow_and_the_same_every_month()
    {
        foreach (var period in Recount.Window(Newest))
            Assert.InRange(recount.Growth(DemoFacts.Italy, period, _ => true), 0.01, 0.04);
    }

    [Fact]
    public void Every_month_has_its_own_rate_for_the_euro()
    {
        var rates = recount.World.Rates.Where(r => r is { Currency: "EUR", Target: "CNY" }).ToList();
        Assert.Equal(Recount.Window("2003-12").Concat(Recount.Window(Newest)), rates.Select(r => r.Period));
        Assert.True(rates.Select(r => r.Rate).Distinct().Count() > 20);
        Assert.All(rates, r => Assert.InRange(r.Rate, 8.5, 11.5));
        Assert.Empty(new DemoWorld(cases: DemoCases.Wenzhou).Rates);
    }

    private List<List<Enterprise>> Districts() =>
        [.. recount.Active(DemoFacts.Italy, Newest).GroupBy(e => e.Region).Where(c => c.CountBy(e => e.Industry).Max(t => t.Value) >= 20 && c.Key is not ("IT015146" or "IT001272" or "IT058091")).Select(c => c.ToList())];

    /// <summary>US dollars of 2004.</summary>
    private double Of(IEnumerable<Enterprise> enterprises, Func<Report, long> what)
    {
        var rates = recount.World.Rates.Where(r => r.Target == "USD").ToDictionary(r => r.Period, r => r.Rate);
        var feed = what == Output ? Feed.Output : Feed.Export;
        return enterprises.Sum(e => Recount.Window(Newest).Sum(p => what(recount.Standing[(e.Name, feed, p)]) * rates[p] / 100));
    }

    private double Persons(IEnumerable<Enterprise> enterprises) =>
        enterprises.Sum(e => (double)recount.Standing[(e.Name, Feed.Employment, Newest)].Employment.Persons);

    private static long Output(Report report) => report.Output.Value.MinorUnits;

    private static long Export(Report report) => report.Export?.Value.MinorUnits ?? 0;
}
