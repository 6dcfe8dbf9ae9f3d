using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Reference;
using ClusterPulse.Regions;

namespace ClusterPulse.Indicators;

/// <summary>All formulas over the cells of a place, with tables that the caller gives.</summary>
public sealed class IndicatorFormulas(IndicatorCatalogue catalogue, ReferenceData reference)
{
    /// <summary>See <see cref="PlaceFigures.Newest"/>.</summary>
    public IEnumerable<PlaceFigure> Newest(CellTable cells, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed) =>
        PlaceFigures.Newest(View(cells, rates, closed), catalogue);

    /// <summary>See <see cref="PlaceFigures.At"/>.</summary>
    public IEnumerable<PlaceFigure> At(
        CellTable cells, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed, Month period) =>
        PlaceFigures.At(View(cells, rates, closed), catalogue, period);

    /// <summary>See <see cref="PlaceFigures.Settled"/>.</summary>
    public IEnumerable<PlaceFigure> Settled(CellTable cells, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed) =>
        PlaceFigures.Settled(View(cells, rates, closed), catalogue);

    /// <summary>Decimal places of a currency's minor unit.</summary>
    public int MinorUnits(string code) => reference.Currencies.TryGet(code, out var currency) ? currency.MinorUnits : 2;

    /// <summary>Cells as formulas read them.</summary>
    public CellView View(CellTable cells, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed) =>
        new(cells, rates, MinorUnits, closed);
}
