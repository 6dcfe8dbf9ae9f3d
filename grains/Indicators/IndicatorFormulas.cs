using System.Collections.Frozen;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Reference;
using ClusterPulse.Regions;

namespace ClusterPulse.Indicators;

/// <summary>All formulas over views of places, which are made here with tables that the caller gives.</summary>
public sealed class IndicatorFormulas(IndicatorCatalogue catalogue, ReferenceData reference)
{
    /// <summary>Ids of indicators that compare a place with others.</summary>
    public IReadOnlySet<string> Compared { get; } = catalogue.Compared.Select(i => i.Definition.Id).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A place's cells as formulas read them.</summary>
    public CellView View(
        CellTable cells, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed, Surroundings? around = null) =>
        new(cells, rates, MinorUnits, closed) { Around = around ?? Surroundings.None };

    /// <summary>See <see cref="PlaceFigures.Newest"/>; first those that need the place's own cells only, last those of clusters.</summary>
    public IEnumerable<PlaceFigure> Newest(CellView cells) =>
        NewestOwn(cells).Concat(PlaceFigures.Newest(cells, catalogue.Compared)).Concat(NewestOfClusters(cells));

    /// <summary>Those that need the place's own cells only.</summary>
    public IEnumerable<PlaceFigure> NewestOwn(CellView cells, FigureMemory? memory = null) => PlaceFigures.Newest(cells, catalogue.Own, memory);

    /// <summary>Those that need to know others too: that compare it with others, of details those that are watched, and those of clusters,
    /// which stars make.</summary>
    /// <param name="cells">The place.</param>
    /// <param name="compared">What holds of those of the place.</param>
    /// <param name="ofClusters">What holds of those of its clusters.</param>
    public IEnumerable<PlaceFigure> NewestAround(CellView cells, FigureMemory? compared = null, FigureMemory? ofClusters = null) =>
        PlaceFigures.NewestWatched(cells, catalogue.Compared, compared).Concat(NewestOfClusters(cells, ofClusters));

    private IEnumerable<PlaceFigure> NewestOfClusters(CellView cells, FigureMemory? memory = null) =>
        PlaceFigures.NewestOfClusters(cells, catalogue.OfClusters, memory);

    /// <summary>Those of which there are too many to hold them ready.</summary>
    public IEnumerable<PlaceFigure> NewestDetails(CellView cells) =>
        PlaceFigures.Newest(cells, catalogue.All.Where(i => i.Definition.IsDetail));

    /// <summary>See <see cref="PlaceFigures.At"/>.</summary>
    public IEnumerable<PlaceFigure> At(CellView cells, Month period) => PlaceFigures.At(cells, catalogue.Computed, period);

    /// <summary>See <see cref="PlaceFigures.Settled"/>.</summary>
    public IEnumerable<PlaceFigure> Settled(CellView cells) => Settled(cells, Month.Earliest, Month.Earliest);

    /// <summary>See <see cref="PlaceFigures.Settled"/>.</summary>
    public IEnumerable<PlaceFigure> Settled(CellView cells, Month? own, Month? around) => PlaceFigures.Settled(cells, catalogue, own, around);

    /// <summary>A region's part in the standings, from its part of the cells; null for what is in none: towns and estates.</summary>
    public RegionStanding? Standing(string place, CellTable part) =>
        Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var region) && Standings.Has(region.Level.Word())
            ? new(region.Code, region.Level.Word(), [.. region.Path.Skip(1).Select(r => r.Code)], part)
            : null;

    /// <summary>Standings as their readers need them.</summary>
    public OpenStandings Open(StandingsTable table, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed) =>
        new(table, cells => View(cells, rates, closed));

    /// <summary>Decimal places of a currency's minor unit.</summary>
    public int MinorUnits(string code) => reference.Currencies.TryGet(code, out var currency) ? currency.MinorUnits : 2;

    /// <summary>What a place is compared with.</summary>
    /// <param name="place">Any place.</param>
    /// <param name="above">The region above it; for an estate the one that it lies in.</param>
    /// <param name="rivals">Rival sets by region.</param>
    /// <param name="view">What another place gives for a comparison; null where nothing is known of it.</param>
    public Surroundings Around(
        string place, string? above, IReadOnlyDictionary<string, RivalSet> rivals, Func<string, Peer, CellView?> view)
    {
        var (nation, parent) = Peers(place, above);
        return new(nation is null ? null : view(nation, Peer.Nation), parent is null ? null : view(parent, Peer.Parent))
        {
            Rivals = Rivals.Of(RivalsOf(place, rivals), region => view(Places.Region(region), Peer.Rivals)),
        };
    }

    /// <summary>The rival set of a region; estates have none.</summary>
    public static RivalSet? RivalsOf(string place, IReadOnlyDictionary<string, RivalSet> rivals) =>
        Places.IsRegion(place) ? rivals.GetValueOrDefault(Places.Code(place)) : null;

    /// <summary>The places that a place is compared with; null where it has none.</summary>
    /// <param name="place">Any place.</param>
    /// <param name="above">The region above it; for an estate the one that it lies in.</param>
    public (string? Nation, string? Parent) Peers(string place, string? above)
    {
        if (above is null || !reference.Regions.TryGet(Places.Code(above), out var region))
            return (null, null);
        var nation = region.Path.Single(r => r.Parent is null);
        return (Places.Region(nation.Code), Places.IsEstate(place) ? null : above);
    }
}
