using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Guangdong;

/// <summary>
/// Who buys from whom in Guangdong: from suppliers that came along with the investors, and from abroad; few from local firms.
/// </summary>
internal sealed class GuangdongLinks(DemoRandom random)
{
    private static ImmutableArray<string> Regions { get; } = ["4401", "4403", "4406", "4413", "4419", "4420"];
    private static ImmutableArray<string> Imports { get; } = ["TW", "JP", "KR", "HK", "MY", "TH", "US"];

    /// <param name="buyers">Foreign-funded firms of one locality.</param>
    /// <param name="suppliers">Domestic firms of the same.</param>
    /// <param name="linked">How many of the buyers buy from them.</param>
    public void Build(IReadOnlyList<Firm> buyers, IReadOnlyList<Firm> suppliers, int linked)
    {
        foreach (var buyer in buyers)
            buyer.Linkage = Habit(buyer, buyers);
        foreach (var buyer in random.Shuffled(buyers)[..linked])
        {
            buyer.Linkage = buyer.Linkage! with
            {
                Local = [.. random.Shuffled(suppliers).Take(random.Between(1, 3)).OrderBy(f => f.Index)],
                LocalShare = random.Between(80_000, 280_000),
                LastLocal = DemoFacts.Months - 1,
            };
        }
    }

    private LinkageHabit Habit(Firm firm, IReadOnlyList<Firm> neighbours)
    {
        var neighbour = random.Pick(neighbours);
        var second = random.Pick(Imports);
        var region = random.Pick(Regions);
        return new LinkageHabit
        {
            PurchaseShare = random.Between(560_000, 760_000),
            Others = neighbour == firm || random.Next(100) >= 45 ? [] : [neighbour],
            Imports = second == firm.Investor ? [firm.Investor] : [firm.Investor, second],
            Region = firm.Now.Region.StartsWith(region, StringComparison.Ordinal) ? "" : region,
        };
    }
}
