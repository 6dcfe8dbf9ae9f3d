using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Suzhou;

/// <summary>The domestic firms of Suzhou; the local suppliers are among them.</summary>
internal sealed class SuzhouDomestic(DemoRandom random, FirmFactory factory)
{
    private const int Electronics = DemoFacts.Electronics - DemoFacts.ElectronicsForeignFunded;
    private const int HiTech = DemoFacts.HiTech - DemoFacts.HiTechForeignFunded;
    private const int HiTechElectronics = 90;
    private const int Closed = 5;

    private static ImmutableArray<County> Counties { get; } =
    [
        new(18, new("昆山", "Kunshan"), ["320583100", "320583101", "320583102", "320583103", "320583106", "320583108"], "kunshan-etdz"),
        new(9, new("苏州", "Suzhou"), ["320576050", "320576051", "320576052"], "sip"),
        new(12, new("苏州", "Suzhou"), ["320505001", "320505002", "320505003", "320505101"], "snd"),
        new(16, new("吴江", "Wujiang"), ["320509001", "320509104", "320509105", "320509108", "320509110"], "wujiang-edz"),
        new(13, new("常熟", "Changshu"), ["320581001", "320581101", "320581102", "320581104", "320581110"], "changshu-edz"),
        new(12, new("张家港", "Zhangjiagang"), ["320582100", "320582101", "320582103", "320582104"], "zhangjiagang-edz"),
        new(7, new("太仓", "Taicang"), ["320585100", "320585101", "320585102", "320585104"], "taicang-port"),
        new(6, new("苏州", "Suzhou"), ["320506001", "320506100", "320506103", "320506104"], "wuzhong-edz"),
        new(4, new("苏州", "Suzhou"), ["320507001", "320507003", "320507102", "320507105"], "xiangcheng-edz"),
        new(3, new("苏州", "Suzhou"), ["320508018", "320508019", "320508020"], ""),
    ];

    private static ImmutableArray<string> ElectronicsTrades { get; } = ["3912", "3922", "3971", "3981", "3982", "3989", "3990"];

    /// <summary>What foreign-funded assemblers can buy nearby: cartons, plastics, moulds, metal parts, cable.</summary>
    private static ImmutableArray<string> SupplierTrades { get; } =
        ["2231", "2319", "2929", "3311", "3321", "3360", "3391", "3482", "3484", "3525", "3821", "3831"];

    private static ImmutableArray<string> OtherTrades { get; } =
        ["1713", "1751", "1761", "1762", "1811", "1821", "2641", "2651", "2710", "3061", "3130", "3443", "3670", "3812", "3872"];

    private static ImmutableArray<Ownership> Owners { get; } =
        [Ownership.State, Ownership.Collective, Ownership.Private, Ownership.OtherDomestic];

    private static ImmutableArray<int> OwnerWeights { get; } = [6, 14, 62, 18];

    public IReadOnlyList<Firm> All { get; private set; } = [];

    /// <summary>Suppliers of foreign-funded firms: those still reached at the end first.</summary>
    public IReadOnlyList<Firm> Suppliers { get; private set; } = [];

    public void Build()
    {
        var electronics = random.Shuffled(Enumerable.Range(0, DemoFacts.SuzhouDomestic)).Take(Electronics).ToHashSet();
        var firms = new List<Firm>(DemoFacts.SuzhouDomestic + Closed);
        for (var i = 0; i < DemoFacts.SuzhouDomestic; i++)
            firms.Add(Create(electronics.Contains(i), i % 40 == 11, i % 133 == 132 ? 4 + i / 50 : 0));
        for (var i = 0; i < Closed; i++)
            firms.Add(Create(false, false, 0, 7 + 3 * i));
        All = firms;

        var active = random.Shuffled(firms.Where(f => f.ClosedFrom == int.MaxValue));
        foreach (var firm in active.Where(f => f.Now.Electronics).Take(HiTechElectronics)
                     .Concat(active.Where(f => !f.Now.Electronics).Take(HiTech - HiTechElectronics)))
            firm.Restate(firm.Now with { HiTech = true });

        Suppliers = random.Shuffled(active.Where(f => f.Plain && (f.Now.Electronics || SupplierTrades.Contains(f.Now.Industry))))
            [..DemoFacts.LocalSuppliersBefore];
        foreach (var supplier in Suppliers)
            supplier.Growth = Growth.Supplier;
        Privatise();
    }

    /// <summary>State and collective firms turn private, suppliers among them; they stay domestic.</summary>
    private void Privatise()
    {
        var sold = Suppliers.Where(f => f.Now.Ownership == Ownership.Private).Take(3)
            .Concat(All.Where(f => f.Plain && f.Now.Ownership == Ownership.Private && f.Growth != Growth.Supplier).Take(5));
        foreach (var (firm, i) in sold.ToList().Select((f, i) => (f, i)))
            firm.WasBefore(5 + 2 * i, firm.Now with { Ownership = i % 2 == 0 ? Ownership.Collective : Ownership.State });
    }

    private Firm Create(bool electronics, bool large, int born, int closedFrom = int.MaxValue)
    {
        var county = Counties[random.Weighted([.. Counties.Select(c => c.Weight)])];
        var trade = random.Pick(electronics ? ElectronicsTrades : random.Next(100) < 60 ? SupplierTrades : OtherTrades);
        var estate = random.Next(5) == 0 ? county.Estate : "";
        var profile = new FirmProfile(born, random.Pick(county.Towns), estate, trade, Owners[random.Weighted(OwnerWeights)], false);
        return factory.Create(county.Place, profile, Growth.Domestic, large, closedFrom: closedFrom);
    }

    private sealed record County(int Weight, Place Place, ImmutableArray<string> Towns, string Estate);
}
