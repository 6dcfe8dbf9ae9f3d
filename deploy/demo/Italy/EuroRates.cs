using System.Collections.Immutable;
using ClusterPulse.Demo.Arithmetic;

namespace ClusterPulse.Demo.Italy;

/// <summary>The euro month by month, near to what it was: about the European Central Bank's monthly averages against the dollar, and the
/// dollar at its fixed 8.277 yuan.</summary>
internal static class EuroRates
{
    private const int YuanPerThousandDollars = 8_277;

    /// <summary>US dollars for 10,000 euros, from 2003-01 on.</summary>
    private static ReadOnlySpan<int> Dollars =>
    [
        10_622, 10_773, 10_807, 10_848, 11_582, 11_663, 11_372, 11_139, 11_222, 11_692, 11_702, 12_286,
        12_613, 12_646, 12_262, 11_985, 12_007, 12_138, 12_266, 12_176, 12_218, 12_490, 12_991, 13_408,
    ];

    public static ImmutableArray<DemoRate> All { get; } = Rates();

    private static ImmutableArray<DemoRate> Rates()
    {
        var rates = ImmutableArray.CreateBuilder<DemoRate>();
        for (var month = 0; month < DemoFacts.Months; month++)
        {
            rates.Add(new("EUR", "USD", DemoMonth.Name(month), Dollars[month] / 10_000.0));
            rates.Add(new("EUR", "CNY", DemoMonth.Name(month), Dollars[month] * YuanPerThousandDollars / 1_000 / 10_000.0));
        }
        return rates.ToImmutable();
    }
}
