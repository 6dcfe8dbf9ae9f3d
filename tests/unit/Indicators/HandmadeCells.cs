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

    /// <summary>As formulas read them where months are over; all currencies have two decimal places.</summary>
    public static CellView ViewClosed(this CellTable cells, params IEnumerable<(Feed, Month)> closed) =>
        new(cells, ExchangeRates.None, _ => 2, closed.ToHashSet());

    /// <summary>The same, converted at these rates.</summary>
    public static CellView ViewAt(this CellTable cells, ExchangeRates rates) => new(cells, rates, _ => 2, new HashSet<(Feed, Month)>());

    public static ExchangeRates Rates(params IEnumerable<(string Currency, string Target, Month Period, double Rate)> rates) =>
        new(rates.ToFrozenDictionary(r => (r.Currency, r.Target, r.Period), r => r.Rate));

    public static CellTable Put(this CellTable cells, Measure measure, string dimension, Month month, long amount)
    {
        cells.Add(new(measure, dimension, month), amount);
        return cells;
    }

    /// <summary>Persons of a division, and of all.</summary>
    public static CellTable Employ(this CellTable cells, string division, Month month, long persons)
    {
        cells.Add(new(Measure.Employment, division, "private", month), persons);
        return cells.Put(Measure.Employment, "private", month, persons);
    }

    public static CellTable Invest(this CellTable cells, string source, Month month, long usd) =>
        cells.Put(Measure.Fdi, source + "|USD", month, usd * 100);

    public static CellTable Earn(this CellTable cells, Measure measure, string dimension, Month month, long cny) =>
        cells.Put(measure, dimension + "|CNY", month, cny * 100);

    /// <summary>One enterprise more, which reports every month up to the last.</summary>
    public static CellTable Report(this CellTable cells, Feed feed, Month from, Month to)
    {
        cells.Add(new(Measure.Active, "foreign", from), 1);
        for (var month = from; month <= to; month += 1)
            cells.Add(new(Measure.Reported, feed.Word(), month), 1);
        return cells;
    }

    /// <summary>No rates are known.</summary>
    public static CellView View(this CellTable cells, Surroundings? around = null) =>
        new(cells, ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)>()) { Around = around ?? Surroundings.None };

    /// <summary>As a part of a nation.</summary>
    public static CellView ViewIn(this CellTable cells, CellTable nation) => cells.View(new(nation.View(), null));

    /// <summary>A figure without its operands.</summary>
    public static (double? Value, Unavailable Reason) Said(this Figure figure) => (figure.Value, figure.Reason);

    /// <summary>One of the sums that a figure was computed from.</summary>
    public static double Operand(this Figure figure, string name) => figure.Operands.Single(o => o.Name == name).Value;
}
