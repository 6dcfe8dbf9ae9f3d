using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Italy;

/// <summary>
/// Districts of small firms of one trade each, which buy from each other, and around them as much of the rest of the country as gives
/// the districts their shares: over 70 % of manufacturing, 30 % of employment, 40 % of exports.
/// </summary>
internal sealed class ItalyPlan
{
    private const int FirstSerial = 700_001;
    private const int FirmsOfDistrict = 20;

    /// <summary>Firms of a district that put out work, and say from whom they buy.</summary>
    private const int Assemblers = 4;

    /// <summary>Cents a year and person.</summary>
    private const long OutputOfPerson = 13_000_000;

    /// <summary>US cents that arrived in 2003.</summary>
    private const long Investment2003 = 250_000_000;

    private const long InvestmentGrowth = 1_030_000;

    private readonly DemoRandom random;
    private readonly ItalianFirms factory = new(FirstSerial);

    private ItalyPlan(ulong seed) => random = new DemoRandom(seed ^ 0x3900);

    /// <summary>Where the rest of the country's firms are: Milan, Turin, Rome.</summary>
    private static ImmutableArray<(string Comune, Place Place)> Cities { get; } =
        [("IT015146", new("米兰", "Milano")), ("IT001272", new("都灵", "Torino")), ("IT058091", new("罗马", "Roma"))];

    public static IReadOnlyList<Firm> Build(ulong seed) => new ItalyPlan(seed).Build();

    private List<Firm> Build()
    {
        List<Firm> districts = [];
        foreach (var (district, i) in District.All.Select((d, i) => (d, i)))
        {
            var domestic = Enumerable.Range(0, FirmsOfDistrict).Select(_ => Small(district, "")).ToList();
            var buyers = domestic[..Assemblers];
            var suppliers = domestic[Assemblers..];
            foreach (var buyer in buyers)
                buyer.Linkage = Linked(buyer, suppliers);
            districts.AddRange(domestic);
            if (i >= DemoFacts.ItalyForeignFunded)
                continue;
            var foreign = Small(district, SourceMix.Italy.Economies[i % SourceMix.Italy.Economies.Length]);
            foreign.Linkage = i < DemoFacts.ItalyLinkedBuyers ? Linked(foreign, suppliers) : Unlinked(foreign);
            districts.Add(foreign);
        }
        new FdiPlan(random).Give([.. districts.Where(f => f.ForeignFunded)], Investment2003, SourceMix.Italy, InvestmentGrowth, 100);
        var rest = new RestOfItaly(random, districts);
        return [.. districts, .. rest.Scales().Select((firm, i) => Outside(firm.Trade, firm.Scale, i))];
    }

    /// <summary>From 6 to 80 persons, most of them few.</summary>
    private Firm Small(District district, string investor)
    {
        var u = random.Next(1_000);
        var persons = 6 + (75 * u * u / 1_000_000);
        var output = Ppm.Of(OutputOfPerson * persons / 12, random.Between(700_000, 1_300_000));
        var exports = district.Exports ? random.Between(380_000, 520_000) : random.Between(60_000, 160_000);
        var ownership = investor.Length > 0 ? SourceMix.OwnershipOf(investor) : Ownership.Private;
        var profile = new FirmProfile(0, district.Comune, "", district.Trade, ownership, false);
        return factory.Create(district.Place, profile, new(persons, output, exports), investor);
    }

    private Firm Outside(string trade, FirmScale scale, int i)
    {
        var (comune, place) = Cities[i % Cities.Length];
        var profile = new FirmProfile(0, comune, "", trade, i % 9 == 0 ? Ownership.State : Ownership.Private, false);
        return factory.Create(place, profile, scale);
    }

    private LinkageHabit Linked(Firm buyer, IReadOnlyList<Firm> suppliers) => Unlinked(buyer) with
    {
        Local = [.. random.Shuffled(suppliers).Take(random.Between(4, 9)).OrderBy(f => f.Index)],
        LocalShare = random.Between(600_000, 850_000),
        LastLocal = DemoFacts.Months - 1,
    };

    private LinkageHabit Unlinked(Firm firm) => new()
    {
        PurchaseShare = random.Between(500_000, 650_000),
        Imports = [firm.Investor.Length > 0 ? firm.Investor : "CN"],
    };
}
