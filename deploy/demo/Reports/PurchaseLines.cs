using ClusterPulse.Demo.Firms;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Reports;

/// <summary>Splits a month's purchases over local suppliers, other registered ones, regions, unknown codes and imports.</summary>
internal sealed class PurchaseLines(MonthlyFigures figures)
{
    private const long OtherShare = 80_000;
    private const long RegionShare = 110_000;
    private const long UnregisteredShare = 30_000;
    private const long FirstImport = 700_000;

    public IEnumerable<LinkageLine> Of(Firm firm, int month)
    {
        var total = figures.Purchases(firm, month);
        if (total == 0)
            return [];
        var habit = firm.Linkage!;
        List<LinkageLine> lines = [];
        Money Money(long minorUnits) => new() { Currency = firm.Currency, MinorUnits = minorUnits };
        if (figures.BuysLocally(firm, month))
        {
            var suppliers = figures.LocalSuppliers(firm, month).ToList();
            var each = Ppm.Of(total, habit.LocalShare) / suppliers.Count;
            lines.AddRange(suppliers.Select(s => new LinkageLine { Enterprise = s.ResourceName, Purchases = Money(each) }));
        }
        lines.AddRange(habit.Others.Select(s => new LinkageLine
        {
            Enterprise = s.ResourceName,
            Purchases = Money(Ppm.Of(total, OtherShare)),
        }));
        if (habit.Region.Length > 0)
            lines.Add(new LinkageLine { Region = habit.Region, Purchases = Money(Ppm.Of(total, RegionShare)) });
        if (habit.Unregistered.Length > 0)
            lines.Add(new LinkageLine { UnregisteredCode = habit.Unregistered, Purchases = Money(Ppm.Of(total, UnregisteredShare)) });
        lines.AddRange(ImportLines(habit.Imports, Money(total - lines.Sum(l => l.Purchases.MinorUnits))));
        return lines;
    }

    /// <summary>What is left comes from abroad, all of it from the only economy or most from the first of two.</summary>
    private static IEnumerable<LinkageLine> ImportLines(IReadOnlyList<string> economies, Money rest)
    {
        var first = economies.Count == 1 ? rest.MinorUnits : Ppm.Of(rest.MinorUnits, FirstImport);
        yield return new LinkageLine { SourceEconomy = economies[0], Purchases = new() { Currency = rest.Currency, MinorUnits = first } };
        if (economies.Count > 1)
            yield return new LinkageLine { SourceEconomy = economies[1], Purchases = new() { Currency = rest.Currency, MinorUnits = rest.MinorUnits - first } };
    }
}
