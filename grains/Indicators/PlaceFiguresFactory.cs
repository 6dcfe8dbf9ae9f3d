using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.Indicators;

/// <summary>Computes the figures of places with the tables and the surroundings that hold now.</summary>
public sealed class PlaceFiguresFactory(
    IndicatorFormulas formulas, IndicatorCatalogue catalogue, SharedTablesSource tables, SurroundingsSource surroundings)
{
    /// <summary>Goes up when a table that figures depend on has changed.</summary>
    public long TablesRevision => tables.Current.Revision;

    /// <summary>Ids of indicators that compare a place with others.</summary>
    public IReadOnlySet<string> Compared => formulas.Compared;

    /// <summary>Changes when a place's surroundings have.</summary>
    public string StampOfSurroundings(PlaceIdentity place) => surroundings.StampOf(place);

    /// <summary>A place's cells as formulas read them now.</summary>
    public CellView View(PlaceIdentity place, CellTable cells)
    {
        var now = tables.Current;
        return formulas.View(cells, now.Rates, now.Closed, Around(place, now));
    }

    /// <summary>See <see cref="IndicatorFormulas.NewestOwn"/>.</summary>
    public IEnumerable<PlaceFigure> NewestOwn(CellView view, FigureMemory memory) => Held(formulas.NewestOwn(view, memory));

    /// <summary>See <see cref="IndicatorFormulas.NewestAround"/>.</summary>
    public IEnumerable<PlaceFigure> NewestAround(CellView view, FigureMemory compared, FigureMemory ofClusters) =>
        Held(formulas.NewestAround(view, compared, ofClusters));

    /// <summary>See <see cref="IndicatorFormulas.NewestDetails"/>.</summary>
    public IEnumerable<PlaceFigure> NewestDetails(PlaceIdentity place, CellTable cells) => Held(formulas.NewestDetails(View(place, cells)));

    /// <summary>See <see cref="IndicatorFormulas.At"/>.</summary>
    public IEnumerable<PlaceFigure> At(PlaceIdentity place, CellTable cells, Month period) => Held(formulas.At(View(place, cells), period));

    /// <summary>See <see cref="PlaceFigures.Settled"/>.</summary>
    public IEnumerable<PlaceFigure> Settled(CellView view, Month? own, Month? around) => Held(formulas.Settled(view, own, around));

    /// <summary>Figures whose measures places hold.</summary>
    private IEnumerable<PlaceFigure> Held(IEnumerable<PlaceFigure> figures)
    {
        var level = tables.Current.CellLevel;
        return level >= CellLevels.Newest ? figures : figures.Where(f => LevelOf(f) <= level);
    }

    private Surroundings Around(PlaceIdentity place, SharedTables now) =>
        surroundings.Of(place) with { NamedClusters = Places.IsRegion(place.Place) ? now.Clusters.Of(place.Code) : [] };

    /// <summary>What clusters are made of came later than most of what their places are made of.</summary>
    private int LevelOf(PlaceFigure figure) => catalogue.IsOfCluster(figure.Indicator, figure.Figure.Labels)
        ? CellLevels.Third
        : catalogue.Find(figure.Indicator)!.CellLevel;
}
