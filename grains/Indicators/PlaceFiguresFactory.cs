using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.Indicators;

/// <summary>Computes the figures of places with the tables that hold now.</summary>
public sealed class PlaceFiguresFactory(IndicatorFormulas formulas, IndicatorCatalogue catalogue, SharedTablesSource tables)
{
    /// <summary>Goes up when a table that figures depend on has changed.</summary>
    public long TablesRevision => tables.Current.Revision;

    public IEnumerable<PlaceFigure> Newest(CellTable cells)
    {
        var now = tables.Current;
        return Held(now, formulas.Newest(cells, now.Rates, now.Closed));
    }

    public IEnumerable<PlaceFigure> At(CellTable cells, Month period)
    {
        var now = tables.Current;
        return Held(now, formulas.At(cells, now.Rates, now.Closed, period));
    }

    public IEnumerable<PlaceFigure> Settled(CellTable cells)
    {
        var now = tables.Current;
        return Held(now, formulas.Settled(cells, now.Rates, now.Closed));
    }

    /// <summary>Those whose measures places hold.</summary>
    private IEnumerable<PlaceFigure> Held(SharedTables now, IEnumerable<PlaceFigure> figures) =>
        now.CellLevel >= CellLevels.Newest ? figures : figures.Where(f => catalogue.Find(f.Indicator)!.CellLevel <= now.CellLevel);
}
