using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Demo.Arithmetic;

namespace ClusterPulse.Demo.Firms;

/// <summary>
/// Gives foreign-funded firms their instalments: drawn first, then scaled so that each source has its share of the
/// prefecture's year exactly.
/// </summary>
internal sealed class FdiPlan(DemoRandom random)
{
    /// <param name="firms">Foreign-funded firms.</param>
    /// <param name="year">US cents of 2003.</param>
    /// <param name="shares">Share of each source in percent.</param>
    /// <param name="growth">2004 by 2003.</param>
    /// <param name="investing">How many of a hundred firms receive money at all.</param>
    public void Give(IReadOnlyList<Firm> firms, long year, SourceMix shares, long growth, int investing)
    {
        var drawn = firms.Where(_ => random.Next(100) < investing)
            .Select(firm => (Firm: firm, Months: Instalments(), Weight: Weight(firm)))
            .ToList();
        foreach (var source in drawn.GroupBy(d => d.Firm.Investor))
        {
            var percent = shares.Weights[shares.Economies.IndexOf(source.Key)];
            var sum = source.Sum(d => d.Weight);
            foreach (var (firm, months, weight) in source)
            {
                var amount = (long)((Int128)year * percent * weight / (100 * sum));
                firm.Fdi = Habit(firm, months, amount / months.Count, growth);
            }
        }
    }

    /// <summary>In one zone one source grows and the others shrink, the zone's total as everywhere else.</summary>
    public static void Concentrate(IReadOnlyList<Firm> zone, string source, long shareAfter, long growth)
    {
        var invested = zone.Where(f => f.Fdi is not null).ToList();
        var all = invested.Sum(Year);
        var top = invested.Where(f => f.Investor == source).Sum(Year);
        foreach (var firm in invested)
        {
            var (share, before) = firm.Investor == source ? (shareAfter, top) : (Ppm.One - shareAfter, all - top);
            firm.Fdi = firm.Fdi! with { NextYear = (long)((Int128)all * share / before * growth / Ppm.One) };
        }
    }

    private static long Year(Firm firm) => firm.Fdi!.Instalment * firm.Fdi.Months.Count;

    private FdiHabit Habit(Firm firm, IReadOnlySet<int> months, long instalment, long growth)
    {
        var ultimate = firm.Investor switch
        {
            "VG" => random.Next(10) < 6 ? "TW" : "HK",
            "WS" => "TW",
            _ => "",
        };
        var second = firm.Investor != "HK" && random.Next(100) < 3 ? "HK" : "";
        var investor = string.Create(CultureInfo.InvariantCulture, $"demo-investor-{firm.Investor}-{random.Between(1, 60):00}");
        return new FdiHabit(firm.Investor, ultimate, investor, second)
        {
            Months = months,
            Instalment = instalment,
            NextYear = growth,
            Withdrawal = firm.Now.Electronics || random.Next(200) > 0 ? -1 : random.Between(4, 20),
        };
    }

    private ImmutableHashSet<int> Instalments()
    {
        var first = random.Next(12);
        return random.Next(10) < 7 ? [first] : [first, (first + random.Between(3, 9)) % 12];
    }

    private long Weight(Firm firm) =>
        (60L + Math.Min(firm.Persons, 900)) * random.Between(60, 140) * (firm.Now.Electronics ? 3 : 1);
}
