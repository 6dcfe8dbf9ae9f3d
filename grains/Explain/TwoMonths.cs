using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>
/// Reads a figure off cells of which some are as they stand at the later month and the rest as they stood at the earlier one. Earlier
/// cells are moved forward so that the indicator, asked for the later month, meets them where it looks. So any indicator can be
/// asked what it would be if only some of its parts had changed.
/// </summary>
/// <param name="indicator">Its formula.</param>
/// <param name="labels">See <see cref="ExplainQuery.Labels"/>.</param>
/// <param name="rates">Exchange rates; earlier amounts keep those of their own months.</param>
/// <param name="minorUnits">Decimal places of a currency's minor unit.</param>
/// <param name="closed">Months that are over, by feed.</param>
/// <param name="isEstate">The place is an estate, not a region.</param>
/// <param name="from">The earlier month.</param>
/// <param name="to">The later month.</param>
internal sealed class TwoMonths(
    IIndicator indicator, string labels, ExchangeRates rates, Func<string, int> minorUnits, IReadOnlySet<(Feed Feed, Month Period)> closed,
    bool isEstate, Month from, Month to)
{
    private readonly AgedRates _rates = new(rates, to - from);

    public IndicatorDefinition Definition => indicator.Definition;

    /// <summary>With whom the figure compares the place; null: nobody.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>No cells yet.</summary>
    public Sides Empty() => new(new(isEstate), new());

    /// <summary>Cells as they stand at the later month.</summary>
    public IEnumerable<KeyValuePair<CellKey, long>> Now(CellTable cells) => cells.NonZero().Where(c => c.Key.Period <= to);

    /// <summary>Cells as they stood at the earlier month, moved forward.</summary>
    public IEnumerable<KeyValuePair<CellKey, long>> Then(CellTable cells)
    {
        foreach (var (key, amount) in cells.NonZero())
        {
            if (key.Period <= from)
                yield return new(Moved(key), amount);
        }
    }

    /// <summary>The figure; null where the indicator has none of these labels, or several.</summary>
    public Figure? Read(Sides cells) => Figure.Named(
        indicator.At(View(cells.Own, Comparison?.Around(View(cells.Around, Surroundings.None)) ?? Surroundings.None), to), labels, f => f);

    private CellView View(CellTable cells, Surroundings around) =>
        new(cells, _rates, currency => minorUnits(AgedRates.Plain(currency)), closed, takesEveryMonth: true) { Around = around };

    private CellKey Moved(CellKey key) => new(key.Measure, key.Industry, AgedRates.MarkCurrency(key.Dimension), key.Period + (to - from));
}
