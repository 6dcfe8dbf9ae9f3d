using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.Indicators;

/// <summary>Computes the figures of places with the tables that hold now.</summary>
public sealed class PlaceFiguresFactory(IndicatorCatalogue catalogue, SharedTablesSource tables, ReferenceData reference)
{
    /// <summary>Goes up when a table that figures depend on has changed.</summary>
    public long TablesRevision => tables.Current.Revision;

    public IEnumerable<PlaceFigure> Newest(CellTable cells) => PlaceFigures.Newest(View(cells), catalogue);

    public IEnumerable<PlaceFigure> At(CellTable cells, Month period) => PlaceFigures.At(View(cells), catalogue, period);

    public IEnumerable<PlaceFigure> Settled(CellTable cells) => PlaceFigures.Settled(View(cells), catalogue);

    private CellView View(CellTable cells)
    {
        var now = tables.Current;
        return new(cells, now.Rates, code => reference.Currencies.TryGet(code, out var currency) ? currency.MinorUnits : 2, now.Closed);
    }
}
