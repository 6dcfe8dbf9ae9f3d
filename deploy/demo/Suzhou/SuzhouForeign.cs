using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Suzhou;

/// <summary>The foreign-funded firms of Suzhou, zone by zone.</summary>
internal sealed class SuzhouForeign(DemoRandom random, FirmFactory factory)
{
    /// <summary>Buyers of the falling zone that stop buying locally: those that leave the window in 2004-10, -11 and -12.</summary>
    private const int Leavers = DemoFacts.LinkedBuyersBefore - DemoFacts.LinkedBuyers;

    private const int HiTechElectronics = 180;

    private readonly Dictionary<string, IReadOnlyList<Firm>> byZone = [];

    private static ImmutableArray<string> ElectronicsTrades { get; } =
        ["3911", "3912", "3913", "3921", "3922", "3952", "3971", "3973", "3974", "3981", "3982", "3984", "3989"];

    private static ImmutableArray<string> OtherTrades { get; } =
    [
        "1713", "1761", "1811", "1821", "1951", "2231", "2641", "2651", "2710", "2921", "2929", "3311", "3321", "3360", "3391",
        "3482", "3484", "3525", "3562", "3670", "3812", "3821", "3831", "3857", "3872", "4012", "4014", "4119",
    ];

    public IReadOnlyList<Firm> All { get; private set; } = [];

    /// <summary>Firms that buy locally to the end.</summary>
    public IReadOnlyList<Firm> Linked { get; private set; } = [];

    /// <summary>Firms that stopped.</summary>
    public IReadOnlyList<Firm> Left { get; private set; } = [];

    public IReadOnlyList<Firm> OfZone(string zone) => byZone[zone];

    public void Build()
    {
        List<Firm> all = [], linked = [], left = [], free = [];
        foreach (var zone in SuzhouZones.All)
        {
            var firms = BuildZone(zone);
            byZone[zone.Id] = firms;
            all.AddRange(firms);
            var order = random.Shuffled(firms.Where(f => f.Plain));
            linked.AddRange(order[..zone.Linked]);
            var leavers = zone.Id == DemoFacts.FallingZone ? Leavers : 0;
            left.AddRange(order.GetRange(zone.Linked, leavers));
            free.AddRange(order[(zone.Linked + leavers)..]);
        }
        (All, Linked, Left) = (all, linked, left);
        NameHiTech();
        GiveEvents(free);
    }

    /// <summary>The zone's firms; in every second zone one of them is born late, in every third one more has closed.</summary>
    private List<Firm> BuildZone(Zone zone)
    {
        var ordinal = SuzhouZones.All.IndexOf(zone);
        var electronics = random.Shuffled(Enumerable.Range(0, zone.Firms)).Take(zone.Electronics).ToHashSet();
        var firms = new List<Firm>(zone.Firms + 1);
        for (var i = 0; i < zone.Firms; i++)
        {
            var born = ordinal % 2 == 0 && i == zone.Firms - 1 ? 5 + ordinal : 0;
            firms.Add(Create(zone, electronics.Contains(i), i % 33 == 7, born));
        }
        if (ordinal % 3 == 2)
            firms.Add(Create(zone, false, false, 0, 8 + ordinal));
        return firms;
    }

    private Firm Create(Zone zone, bool electronics, bool large, int born, int closedFrom = int.MaxValue)
    {
        var source = zone.Sources.Economies[random.Weighted(zone.Sources.Weights)];
        var trade = random.Pick(electronics ? ElectronicsTrades : OtherTrades);
        var profile = new FirmProfile(born, random.Pick(zone.Towns), zone.Id, trade, SourceMix.OwnershipOf(source), false);
        return factory.Create(zone.Place, profile, electronics ? Growth.Electronics : Growth.Foreign, large, source, closedFrom);
    }

    private void NameHiTech()
    {
        var active = random.Shuffled(All.Where(f => f.ClosedFrom == int.MaxValue));
        foreach (var firm in active.Where(f => f.Now.Electronics).Take(HiTechElectronics)
                     .Concat(active.Where(f => !f.Now.Electronics).Take(DemoFacts.HiTechForeignFunded - HiTechElectronics)))
            firm.Restate(firm.Now with { HiTech = true });
    }

    /// <summary>A few firms without local purchases change within the two years.</summary>
    private static void GiveEvents(List<Firm> free)
    {
        foreach (var (firm, i) in free.Where(f => f.Now.HiTech).Take(5).ToList().Select((f, i) => (f, i)))
            firm.WasBefore(6 + 3 * i, firm.Now with { HiTech = false });
        foreach (var (firm, i) in free.Where(f => f.Plain && f.Now.Electronics).Take(3).ToList().Select((f, i) => (f, i)))
            firm.WasBefore(10 + 2 * i, firm.Now with { Industry = "3821" });
        var mover = free.First(f => f.Plain && f.Now.Estate == "taicang-port");
        mover.WasBefore(14, mover.Now with { Region = "320581401", Estate = "changshu-edz" });
    }
}
