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

    /// <summary>See <see cref="IndicatorFormulas.NewestOwn"/>.</summary>
    public IEnumerable<PlaceFigure> NewestOwn(CellTable cells) => Held(cells, null, formulas.NewestOwn);

    /// <summary>See <see cref="IndicatorFormulas.NewestAround"/>.</summary>
    public IEnumerable<PlaceFigure> NewestAround(PlaceIdentity place, CellTable cells) => Held(cells, place, formulas.NewestAround);

    /// <summary>See <see cref="IndicatorFormulas.NewestDetails"/>.</summary>
    public IEnumerable<PlaceFigure> NewestDetails(PlaceIdentity place, CellTable cells) => Held(cells, place, formulas.NewestDetails);

    /// <summary>See <see cref="IndicatorFormulas.At"/>.</summary>
    public IEnumerable<PlaceFigure> At(PlaceIdentity place, CellTable cells, Month period) =>
        Held(cells, place, view => formulas.At(view, period));

    /// <summary>See <see cref="IndicatorFormulas.Settled"/>.</summary>
    public IEnumerable<PlaceFigure> Settled(PlaceIdentity place, CellTable cells) => Held(cells, place, formulas.Settled);

    /// <summary>Figures whose measures places hold.</summary>
    private IEnumerable<PlaceFigure> Held(CellTable cells, PlaceIdentity? place, Func<CellView, IEnumerable<PlaceFigure>> compute)
    {
        var now = tables.Current;
        var figures = compute(formulas.View(cells, now.Rates, now.Closed, place is null ? null : Around(place, now)));
        return now.CellLevel >= CellLevels.Newest ? figures : figures.Where(f => LevelOf(f) <= now.CellLevel);
    }

    private Surroundings Around(PlaceIdentity place, SharedTables now) =>
        surroundings.Of(place) with { NamedClusters = Places.IsRegion(place.Place) ? now.Clusters.Of(place.Code) : [] };

    /// <summary>What clusters are made of came later than most of what their places are made of.</summary>
    private int LevelOf(PlaceFigure figure) => catalogue.IsOfCluster(figure.Indicator, figure.Figure.Labels)
        ? CellLevels.Third
        : catalogue.Find(figure.Indicator)!.CellLevel;
}
