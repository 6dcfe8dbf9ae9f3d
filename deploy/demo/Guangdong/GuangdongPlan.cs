using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Guangdong;

/// <summary>Guangdong without Dongguan: foreign-funded firms around the Pearl River's mouth, and the specialised towns.</summary>
internal sealed class GuangdongPlan
{
    private const int FirmsOfTown = 4;
    private const int FirstSerial = 610_001;

    /// <summary>US cents that arrived in 2003.</summary>
    private const long Investment2003 = 110_000_000_000;

    private const long InvestmentGrowth = 1_060_000;

    private readonly DemoRandom random;
    private readonly FirmFactory factory;

    private GuangdongPlan(ulong seed)
    {
        random = new DemoRandom(seed ^ 0x44);
        factory = new FirmFactory(random, "440000", FirstSerial) { Sizes = Sizes, Punctual = true };
    }

    /// <summary>Smaller than in Suzhou: 98 % below 500.</summary>
    public static FirmSizes Sizes => new(15, 365, 560, 3_600);

    /// <summary>Prefectures with foreign-funded firms: how many, how many of them buy locally, and domestic ones outside of specialised towns.</summary>
    private static ImmutableArray<Prefecture> Prefectures { get; } =
    [
        new(new("深圳", "Shenzhen"), 150, 12, 30)
        {
            Towns = ["440306022", "440306024", "440306020", "440307013", "440307014", "440309003", "440309006"],
            Trades = ["3911", "3921", "3922", "3974", "3982", "3989", "2452", "3872", "3525", "2929"],
        },
        new(new("广州", "Guangzhou"), 80, 10, 0)
        {
            Towns = ["440113012", "440113102", "440118101", "440114109"],
            Trades = ["1811", "1922", "2641", "3854", "3670", "3982"],
        },
        new(new("佛山", "Foshan"), 70, 20, 0)
        {
            Towns = ["440605011", "440606006", "440606102", "440604011"],
            Trades = ["3851", "3854", "3071", "2110", "1761", "3252"],
        },
        new(new("中山", "Zhongshan"), 50, 12, 0)
        {
            Towns = ["442000003", "442000110", "442000109", "442000118"],
            Trades = ["3872", "3351", "3854", "1821", "3984"],
        },
        new(new("惠州", "Huizhou"), 50, 4, 8)
        {
            Towns = ["441302008", "441302007", "441303001"],
            Trades = ["3984", "3922", "3989", "1952"],
        },
    ];

    public static IReadOnlyList<Firm> Build(ulong seed) => new GuangdongPlan(seed).Build();

    private List<Firm> Build()
    {
        var towns = SpecialisedTowns.All.Where(t => t.Prefecture != DemoFacts.Dongguan)
            .SelectMany(t => Enumerable.Range(0, FirmsOfTown).Select(i => Domestic(t.Place, t.Code, t.Trade, large: i == 3 && IsLarge(t))))
            .ToList();
        List<Firm> foreign = [], others = [];
        var links = new GuangdongLinks(random);
        foreach (var prefecture in Prefectures)
        {
            var here = Enumerable.Range(0, prefecture.Foreign).Select(i => Foreign(prefecture, i)).ToList();
            var near = Enumerable.Range(0, prefecture.Domestic)
                .Select(_ => Domestic(prefecture.Place, random.Pick(prefecture.Towns), random.Pick(prefecture.Trades), large: false)).ToList();
            var suppliers = near.Concat(towns.Where(f => f.Now.Region[..4] == prefecture.Code)).ToList();
            links.Build(here, suppliers, prefecture.Linked);
            foreign.AddRange(here);
            others.AddRange(near);
        }
        new FdiPlan(random).Give(foreign, Investment2003, SourceMix.Guangdong, InvestmentGrowth, 70);
        return [.. foreign, .. others, .. towns];
    }

    /// <summary>Two towns have grown a maker of household appliances with a name.</summary>
    private static bool IsLarge(SpecialisedTown town) => town.Code is "440606102" or "440606006";

    private Firm Foreign(Prefecture prefecture, int i)
    {
        var source = SourceMix.Guangdong.Economies[random.Weighted(SourceMix.Guangdong.Weights)];
        var trade = random.Pick(prefecture.Trades);
        var electronics = trade.StartsWith("39", StringComparison.Ordinal);
        var profile = new FirmProfile(
            0, random.Pick(prefecture.Towns), "", trade, SourceMix.OwnershipOf(source), electronics && i % 4 == 0);
        return factory.Create(prefecture.Place, profile, electronics ? Growth.Assembly : Growth.Foreign, i % 45 == 20, source);
    }

    private Firm Domestic(Place place, string town, string trade, bool large)
    {
        var owner = random.Next(10) < 8 ? Ownership.Private : Ownership.Collective;
        return factory.Create(place, new FirmProfile(0, town, "", trade, owner, false), Growth.Domestic, large);
    }

    private sealed record Prefecture(Place Place, int Foreign, int Linked, int Domestic)
    {
        public required ImmutableArray<string> Towns { get; init; }

        public required ImmutableArray<string> Trades { get; init; }

        public string Code => Towns[0][..4];
    }
}
