using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Suzhou;

/// <summary>Who buys from whom in Suzhou.</summary>
internal sealed class SuzhouLinks(DemoRandom random, FirmFactory factory, SuzhouForeign foreign, IReadOnlyList<Firm> suppliers)
{
    /// <summary>2003-10, the first of the three months after which leavers bought nothing locally.</summary>
    private const int FirstLastPurchase = 9;

    private static ImmutableArray<string> Regions { get; } = ["3101", "3201", "3202", "3204", "3301", "3302", "4403", "4419"];
    private static ImmutableArray<string> Imports { get; } = ["JP", "TW", "KR", "US", "SG", "MY", "DE", "HK"];

    /// <param name="elsewhere">Registered domestic firms of another prefecture.</param>
    public void Build(IReadOnlyList<Firm> elsewhere)
    {
        foreach (var zone in SuzhouZones.All)
        {
            var neighbours = foreign.OfZone(zone.Id);
            foreach (var firm in neighbours)
                firm.Linkage = Habit(firm, neighbours, elsewhere);
        }
        LinkToTheEnd();
        LinkLeavers();
    }

    private LinkageHabit Habit(Firm firm, IReadOnlyList<Firm> neighbours, IReadOnlyList<Firm> elsewhere)
    {
        List<Firm> others = [];
        if (random.Next(100) < 35)
            others.Add(Another(firm, neighbours));
        if (random.Next(100) < 4)
            others.Add(random.Pick(elsewhere));
        var second = random.Pick(Imports);
        return new LinkageHabit
        {
            PurchaseShare = random.Between(520_000, 720_000),
            Others = others,
            Imports = second == firm.Investor || random.Next(2) == 0 ? [firm.Investor] : [firm.Investor, second],
            Region = random.Next(100) < 55 ? random.Pick(Regions) : "",
            Unregistered = random.Next(100) < 15 ? factory.UnregisteredCode() : "",
        };
    }

    /// <summary>A neighbour that is there all the time and is not the firm itself.</summary>
    private Firm Another(Firm firm, IReadOnlyList<Firm> neighbours)
    {
        Firm found;
        do
            found = random.Pick(neighbours);
        while (found == firm || !found.Plain);
        return found;
    }

    /// <summary>Every one of the remaining suppliers has at least one buyer, every buyer at least one supplier.</summary>
    private void LinkToTheEnd()
    {
        var remaining = suppliers.Take(DemoFacts.LocalSuppliers).ToList();
        foreach (var (buyer, i) in random.Shuffled(foreign.Linked).Select((b, i) => (b, i)))
        {
            var first = i < remaining.Count ? remaining[i] : random.Pick(remaining);
            Link(buyer, DemoFacts.Months - 1, first, remaining);
        }
    }

    /// <summary>The suppliers that lose their last buyer are reached by leavers alone.</summary>
    private void LinkLeavers()
    {
        var remaining = suppliers.Take(DemoFacts.LocalSuppliers).ToList();
        var lost = suppliers.Skip(DemoFacts.LocalSuppliers).ToList();
        foreach (var (buyer, i) in foreign.Left.Select((b, i) => (b, i)))
            Link(buyer, FirstLastPurchase + i % 3, i < lost.Count ? lost[i] : random.Pick(remaining), remaining);
    }

    private void Link(Firm buyer, int lastLocal, Firm first, IReadOnlyList<Firm> pool)
    {
        HashSet<Firm> local = [first];
        for (var more = random.Next(4); more > 0; more--)
            local.Add(Nearer(buyer, random.Pick(pool), random.Pick(pool)));
        buyer.Linkage = buyer.Linkage! with
        {
            Local = [.. local.OrderBy(f => f.Index)],
            LocalShare = random.Between(100_000, 320_000),
            LastLocal = lastLocal,
        };
    }

    private static Firm Nearer(Firm buyer, Firm a, Firm b) => a.Now.Region[..6] == buyer.Now.Region[..6] ? a : b;
}
