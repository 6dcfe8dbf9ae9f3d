using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Guangdong;

/// <summary>
/// Suzhou's rival: Taiwan's electronics along the road to Shenzhen. Its firms grow, but new money from Taiwan begins to go to Suzhou.
/// </summary>
internal sealed class DongguanPlan
{
    private const int Suppliers = 30;
    private const int FirmsOfTown = 4;
    private const int FirstSerial = 600_001;

    /// <summary>US cents that arrived in 2003.</summary>
    private const long Investment2003 = 26_000_000_000;

    private const long InvestmentGrowth = 1_020_000;

    /// <summary>What is left in 2004 of Taiwan's investment in electronics.</summary>
    private const long TaiwanElectronics = 600_000;

    private static readonly Place Name = new("东莞", "Dongguan");

    private readonly DemoRandom random;
    private readonly FirmFactory factory;

    private DongguanPlan(ulong seed)
    {
        random = new DemoRandom(seed ^ 0x4419);
        factory = new FirmFactory(random, "441900", FirstSerial) { Sizes = GuangdongPlan.Sizes, Punctual = true };
    }

    /// <summary>The prefecture has no counties: its towns lie under one that only repeats it.</summary>
    private static ImmutableArray<string> Towns { get; } =
    [
        "441900101", "441900102", "441900110", "441900111", "441900112", "441900114", "441900115", "441900116", "441900117", "441900119",
        "441900121", "441900122",
    ];

    private static ImmutableArray<string> ElectronicsTrades { get; } =
        ["3911", "3912", "3913", "3922", "3952", "3974", "3981", "3982", "3984", "3989"];

    private static ImmutableArray<string> OtherTrades { get; } = ["1952", "2110", "2231", "2452", "2929", "3321", "3525", "3831", "3854"];

    public static IReadOnlyList<Firm> Build(ulong seed) => new DongguanPlan(seed).Build();

    private List<Firm> Build()
    {
        var foreign = Enumerable.Range(0, DemoFacts.DongguanForeignFunded).Select(Foreign).ToList();
        var domestic = SpecialisedTowns.All.Where(t => t.Prefecture == DemoFacts.Dongguan)
            .SelectMany(t => Enumerable.Repeat(t, FirmsOfTown)).Select(InTown).ToList();
        while (domestic.Count(f => f.Now.Electronics) < DemoFacts.DongguanElectronics - DemoFacts.DongguanElectronicsForeignFunded)
            domestic.Add(Domestic(random.Pick(Towns), random.Pick(ElectronicsTrades)));
        new GuangdongLinks(random).Build(foreign, random.Shuffled(domestic)[..Suppliers], DemoFacts.DongguanLinkedBuyers);
        new FdiPlan(random).Give(foreign, Investment2003, SourceMix.Dongguan, InvestmentGrowth, 75);
        foreach (var firm in foreign.Where(f => f is { Investor: "TW", Fdi: not null, Now.Electronics: true }))
            firm.Fdi = firm.Fdi! with { NextYear = TaiwanElectronics };
        return [.. foreign, .. domestic];
    }

    private Firm Foreign(int i)
    {
        var electronics = i < DemoFacts.DongguanElectronicsForeignFunded;
        var source = SourceMix.Dongguan.Economies[random.Weighted(SourceMix.Dongguan.Weights)];
        var trade = random.Pick(electronics ? ElectronicsTrades : OtherTrades);
        var profile = new FirmProfile(0, random.Pick(Towns), "", trade, SourceMix.OwnershipOf(source), electronics && i % 5 == 0);
        return factory.Create(Name, profile, electronics ? Growth.Assembly : Growth.Foreign, i % 40 == 9, source);
    }

    private Firm InTown(SpecialisedTown town) => Domestic(town.Code, town.Trade);

    private Firm Domestic(string town, string trade)
    {
        var owner = random.Next(10) < 8 ? Ownership.Private : Ownership.Collective;
        return factory.Create(Name, new FirmProfile(0, town, "", trade, owner, false), Growth.Domestic, false);
    }
}
