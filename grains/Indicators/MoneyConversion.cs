using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Sums amounts of some months in one currency, in major units. Rates are looked up once for each currency, not for each series.</summary>
/// <param name="rates">Exchange rates.</param>
/// <param name="minorUnits">Decimal places of a currency's minor unit.</param>
/// <param name="from">First month.</param>
/// <param name="to">Last month.</param>
/// <param name="target">ISO 4217 of the result.</param>
/// <param name="rateLag">The amounts are of this many months before the cells' month.</param>
internal sealed class MoneyConversion(ExchangeRates rates, Func<string, int> minorUnits, Month from, Month to, string target, int rateLag)
{
    private readonly List<Terms> _terms = [];

    /// <summary>Σ of a series.</summary>
    /// <returns>Null where a rate is missing of a month that has an amount.</returns>
    public decimal? Sum(PeriodSeries series)
    {
        var terms = Of(series.Currency);
        if (terms.IsTarget)
        {
            var sum = 0L;
            for (var p = from; p <= to; p += 1)
                sum += series[p];
            return sum / terms.Scale;
        }
        var total = 0m;
        for (var p = from; p <= to; p += 1)
        {
            var amount = series[p];
            if (amount == 0)
                continue;
            if (terms.Rates[p - from] is not { } rate)
                return null;
            total += amount / terms.Scale * rate;
        }
        return total;
    }

    private Terms Of(string currency)
    {
        foreach (var known in _terms)
        {
            if (known.Currency == currency)
                return known;
        }
        var terms = new Terms(currency, Scale(currency), currency.Length == 0 || currency == target ? [] : Rates(currency));
        _terms.Add(terms);
        return terms;
    }

    private decimal?[] Rates(string currency)
    {
        var found = new decimal?[to - from + 1];
        for (var i = 0; i < found.Length; i++)
            found[i] = (decimal?)rates.Find(currency, target, from + i - rateLag);
        // The target under another name, as it is called where amounts were moved in time.
        return Array.TrueForAll(found, r => r == 1) ? [] : found;
    }

    private decimal Scale(string currency) => (currency.Length == 0 ? 0 : minorUnits(currency)) switch
    {
        0 => 1m,
        2 => 100m,
        3 => 1_000m,
        var places => (decimal)Math.Pow(10, places),
    };

    /// <summary>How amounts of a currency are converted.</summary>
    /// <param name="Currency">As series have it.</param>
    /// <param name="Scale">Minor units in one unit.</param>
    /// <param name="Rates">By month; none: it is the target itself.</param>
    private readonly record struct Terms(string Currency, decimal Scale, decimal?[] Rates)
    {
        public bool IsTarget => Rates.Length == 0;
    }
}
