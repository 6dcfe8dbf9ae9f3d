using System.Collections.Frozen;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Cells of one place, put in by hand.</summary>
internal static class HandmadeCells
{
    /// <summary>Enterprises of a kind from a month on.</summary>
    public static CellTable Active(this CellTable cells, Month from, long enterprises, string kind = "foreign") =>
        cells.With(new(Measure.Active, kind, from), enterprises);

    /// <summary>So many of them report, month by month.</summary>
    public static CellTable Reported(this CellTable cells, Feed feed, Month from, Month to, long enterprises = 1)
    {
        for (var month = from; month <= to; month += 1)
            cells.Add(new(Measure.Reported, feed.Word(), month), enterprises);
        return cells;
    }

    /// <summary>One cell more.</summary>
    public static CellTable With(this CellTable cells, in CellKey key, long amount)
    {
        cells.Add(key, amount);
        return cells;
    }

    /// <summary>As formulas read them; all currencies have two decimal places.</summary>
    public static CellView View(this CellTable cells, params IEnumerable<(Feed, Month)> closed) =>
        new(cells, ExchangeRates.None, _ => 2, closed.ToHashSet());

    /// <summary>The same, converted at these rates.</summary>
    public static CellView ViewAt(this CellTable cells, ExchangeRates rates) => new(cells, rates, _ => 2, new HashSet<(Feed, Month)>());

    public static ExchangeRates Rates(params IEnumerable<(string Currency, string Target, Month Period, double Rate)> rates) =>
        new(rates.ToFrozenDictionary(r => (r.Currency, r.Target, r.Period), r => r.Rate));
}
