using System.Collections.Frozen;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>Rates for amounts that were moved forward in time: a currency with the mark is converted at the rate of the month that
/// its amount belongs to.</summary>
/// <param name="rates">Rates as they are.</param>
/// <param name="months">How far marked amounts were moved.</param>
internal sealed class AgedRates(ExchangeRates rates, int months)
    : ExchangeRates(FrozenDictionary<(string Currency, string Target, Month Period), double>.Empty)
{
    private const char Mark = '@';
    private const int CurrencyLength = 3;

    /// <summary>A dimension with its currency marked; others stay.</summary>
    public static string MarkCurrency(string dimension)
    {
        var at = dimension.Length - CurrencyLength;
        return at > 0 && dimension[at - 1] == Aggregation.Dimensions.Separator && dimension.AsSpan(at).IndexOfAnyExceptInRange('A', 'Z') < 0
            ? dimension + Mark
            : dimension;
    }

    /// <summary>A currency without the mark.</summary>
    public static string Plain(string currency) => currency.TrimEnd(Mark);

    public override double? Find(string currency, string target, Month period) =>
        currency.EndsWith(Mark) ? rates.Find(Plain(currency), target, period - months) : rates.Find(currency, target, period);
}
