using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Italy;

/// <summary>
/// Scales the firms outside of the districts so that the districts have their shares. All of Italy's firms follow one trend, so
/// that a share of the start stays.
/// </summary>
internal sealed class RestOfItaly(DemoRandom random, IReadOnlyList<Firm> districts)
{
    private const int Manufacturers = 35;
    private const int Exporters = 15;
    private const int Services = 20;

    /// <summary>Output of the other manufacturers by that of the districts, which thus have 72 %.</summary>
    private const long OtherManufacturing = 28L * Ppm.One / 72;

    /// <summary>Persons elsewhere by those of the districts, which thus have 30 %.</summary>
    private const long OtherPersons = 70L * Ppm.One / 30;

    /// <summary>Exports from elsewhere by those of the districts, which thus have 40 %.</summary>
    private const long OtherExports = 60L * Ppm.One / 40;

    private const int ManufacturersExport = 600_000;
    private const int TradersExport = 500_000;
    private const long OutputOfService = 9_000_000;

    private static ImmutableArray<string> ManufacturingTrades { get; } = ["NACE281", "NACE289", "NACE291", "NACE201", "NACE212"];
    private static ImmutableArray<string> ServiceTrades { get; } = ["NACE47", "NACE49", "NACE56", "NACE62"];

    public IEnumerable<(string Trade, FirmScale Scale)> Scales()
    {
        var output = Ppm.Of(districts.Sum(f => f.MonthlyOutput), OtherManufacturing);
        var exports = Ppm.Of(districts.Sum(f => Ppm.Of(f.MonthlyOutput, f.ExportShare)), OtherExports);
        var persons = Spread(Ppm.Of(districts.Sum(f => (long)f.Persons), OtherPersons), Manufacturers + Exporters + Services);
        var made = Spread(output, Manufacturers);
        var traded = Spread((exports - Ppm.Of(output, ManufacturersExport)) * Ppm.One / TradersExport, Exporters);
        for (var i = 0; i < persons.Count; i++)
        {
            var people = (int)persons[i];
            yield return i < Manufacturers ? (random.Pick(ManufacturingTrades), new(people, made[i], ManufacturersExport))
                : i < Manufacturers + Exporters ? ("NACE46", new(people, traded[i - Manufacturers], TradersExport))
                : (random.Pick(ServiceTrades), new FirmScale(people, people * OutputOfService / 12, 0));
        }
    }

    /// <summary>Parts of a sum, a little unlike each other.</summary>
    private List<long> Spread(long sum, int parts)
    {
        var weights = Enumerable.Range(0, parts).Select(_ => (long)random.Between(90, 110)).ToList();
        var all = weights.Sum();
        return [.. weights.Select(w => (long)((Int128)sum * w / all))];
    }
}
