using System.Collections.Frozen;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Rates by month; money is converted when it is read, never when it is stored.</summary>
public class ExchangeRates(FrozenDictionary<(string Currency, string Target, Month Period), double> rates)
{
    public static readonly ExchangeRates None = new(FrozenDictionary<(string, string, Month), double>.Empty);

    /// <summary>Units of the target per unit of the currency in a month, from either direction; null where none is known.</summary>
    public virtual double? Find(string currency, string target, Month period)
    {
        if (currency == target)
            return 1;
        if (rates.TryGetValue((currency, target, period), out var rate))
            return rate;
        return rates.TryGetValue((target, currency, period), out var reverse) ? 1 / reverse : null;
    }

    /// <summary>Holds the same rates.</summary>
    public bool SameAs(ExchangeRates other) =>
        rates.Count == other.Count && rates.All(r => other.Find(r.Key.Currency, r.Key.Target, r.Key.Period).Equals(r.Value));

    private int Count => rates.Count;
}
