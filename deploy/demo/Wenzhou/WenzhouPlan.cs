using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Wenzhou;

/// <summary>
/// The endogenous counterpart: one industry per town, private owners, local suppliers, little investment from abroad.
/// </summary>
internal sealed class WenzhouPlan
{
    private const int Suppliers = 60;
    private const int Closed = 3;

    /// <summary>US cents that arrived in 2003, growing as slowly as everything else here.</summary>
    private const long Investment2003 = 6_200_000_000;

    private const long InvestmentGrowth = 1_080_000;

    /// <summary>Serials stay apart from Suzhou's.</summary>
    private const int FirstSerial = 500_001;

    private readonly DemoRandom random;
    private readonly FirmFactory factory;

    private WenzhouPlan(ulong seed)
    {
        random = new DemoRandom(seed ^ 0x3303);
        factory = new FirmFactory(random, "330300", FirstSerial);
    }

    private static ImmutableArray<Town> Towns { get; } =
    [
        new("330382114", 18, new("乐清", "Yueqing"), ["3823", "3829", "3821"]),
        new("330382115", 9, new("乐清", "Yueqing"), ["3823", "3824"]),
        new("330382108", 5, new("乐清", "Yueqing"), ["3989", "3824"]),
        new("330302027", 11, new("温州", "Wenzhou"), ["1952", "1951"]),
        new("330304009", 6, new("温州", "Wenzhou"), ["1952", "1953"]),
        new("330304008", 5, new("温州", "Wenzhou"), ["1910", "1922"]),
        new("330324009", 8, new("永嘉", "Yongjia"), ["3443"]),
        new("330324102", 6, new("永嘉", "Yongjia"), ["4119"]),
        new("330381101", 10, new("瑞安", "Rui'an"), ["3670"]),
        new("330381010", 6, new("瑞安", "Rui'an"), ["1954", "1953"]),
        new("330326102", 4, new("平阳", "Pingyang"), ["1910"]),
        new("330326103", 5, new("平阳", "Pingyang"), ["2929", "2921"]),
        new("330303001", 4, new("温州", "Wenzhou"), ["3352"]),
        new("330383", 6, new("龙港", "Longgang"), ["2319", "2312"]),
    ];

    public static IReadOnlyList<Estate> Estates() =>
    [
        Zone("wenzhou-etdz", "330303", "温州经济技术开发区", "Wenzhou Economic and Technological Development Zone", EstateRank.Nation),
        Zone("yueqing-edz", "330382", "乐清经济开发区", "Yueqing Economic Development Zone", EstateRank.Province),
    ];

    public static IReadOnlyList<Firm> Build(ulong seed) => new WenzhouPlan(seed).Build();

    private List<Firm> Build()
    {
        var domestic = Enumerable.Range(0, DemoFacts.WenzhouDomestic + Closed).Select(Domestic).ToList();
        var foreign = Enumerable.Range(0, DemoFacts.WenzhouForeignFunded).Select(Foreign).ToList();
        Privatise(domestic);
        Link(foreign, random.Shuffled(domestic.Where(f => f.Plain && f.Now.Ownership == Ownership.Private))[..Suppliers]);
        new FdiPlan(random).Give(foreign, Investment2003, SourceMix.Wenzhou, InvestmentGrowth, 100);
        return [.. domestic, .. foreign];
    }

    private Firm Domestic(int i)
    {
        var town = Towns[random.Weighted([.. Towns.Select(t => t.Weight)])];
        var owner = random.Next(100) switch
        {
            < 2 => Ownership.State,
            < 8 => Ownership.Collective,
            < 14 => Ownership.OtherDomestic,
            _ => Ownership.Private,
        };
        var born = i % 97 == 96 ? 3 + i / 20 : 0;
        var closedFrom = i < DemoFacts.WenzhouDomestic ? int.MaxValue : i - DemoFacts.WenzhouDomestic + 15;
        var profile = new FirmProfile(born, town.Code, "", random.Pick(town.Trades), owner, random.Next(100) < 6);
        return factory.Create(town.Place, profile, Growth.Endogenous, i % 60 == 17, closedFrom: closedFrom);
    }

    private Firm Foreign(int i)
    {
        // Every source has firms, whatever the draw.
        var sources = SourceMix.Wenzhou;
        var source = i < sources.Economies.Length ? sources.Economies[i] : sources.Economies[random.Weighted(sources.Weights)];
        var (region, estate, place) = i % 3 == 0
            ? ("330382003", "yueqing-edz", new Place("乐清", "Yueqing"))
            : ("330303003", "wenzhou-etdz", new Place("温州", "Wenzhou"));
        var trade = random.Pick(Towns[random.Next(Towns.Length)].Trades);
        var profile = new FirmProfile(0, region, estate, trade, SourceMix.OwnershipOf(source), random.Next(10) == 0);
        return factory.Create(place, profile, Growth.Endogenous, i == 20, source);
    }

    private static void Privatise(List<Firm> domestic)
    {
        foreach (var (firm, i) in domestic.Where(f => f.Plain && f.Now.Ownership == Ownership.Private).Take(4).ToList().Select((f, i) => (f, i)))
            firm.WasBefore(8 + 3 * i, firm.Now with { Ownership = Ownership.Collective });
    }

    private void Link(List<Firm> foreign, List<Firm> suppliers)
    {
        foreach (var (firm, i) in foreign.Select((f, i) => (f, i)))
        {
            var linked = i % 5 != 4;
            firm.Linkage = new LinkageHabit
            {
                PurchaseShare = random.Between(550_000, 700_000),
                Local = linked ? [.. random.Shuffled(suppliers).Take(random.Between(2, 6)).OrderBy(f => f.Index)] : [],
                LocalShare = linked ? random.Between(550_000, 850_000) : 0,
                LastLocal = linked ? DemoFacts.Months - 1 : -1,
                Imports = [firm.Investor],
                Region = random.Next(2) == 0 ? "3310" : "3301",
            };
        }
    }

    private static Estate Zone(string id, string region, string zh, string en, EstateRank rank) => new()
    {
        Name = $"estates/{id}",
        Region = region,
        DisplayName = new BilingualName { Zh = zh, En = en },
        ValidFrom = DemoFacts.FirstPeriod,
        Rank = rank,
    };

    private sealed record Town(string Code, int Weight, Place Place, ImmutableArray<string> Trades);
}
