using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.Regions;

namespace ClusterPulse.Explain;

/// <summary>Says what changed a figure, from the cells of a place and of its parts.</summary>
public sealed class Explainer(IndicatorCatalogue catalogue, IndicatorFormulas formulas, ReferenceData reference)
{
    /// <summary>Measures of which it needs cells.</summary>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public ImmutableArray<Measure> Reads(string indicator) => ExplainMethods.Reads(Find(indicator).Definition);

    /// <summary>Asks those with whom an indicator compares a place for what it compares; null where it compares with nobody.</summary>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public async Task<CellTable?> PeerAsync(IGrainFactory grains, ExplainQuery query)
    {
        var peer = Find(query.Indicator).Definition.ComparedWith;
        var (nation, parent) = formulas.Peers(query.Place, query.Above);
        return peer switch { Peer.Nation => nation, Peer.Parent => parent, _ => null } is { } place
            ? (await grains.PlaceGrain(place).GetDenominatorsAsync(peer, null))?.Open()
            : null;
    }

    /// <summary>Explains.</summary>
    /// <param name="query">What.</param>
    /// <param name="whole">Cells of the place.</param>
    /// <param name="parts">Cells of the places that are its parts, where these are asked for.</param>
    /// <param name="rates">Exchange rates.</param>
    /// <param name="closed">Months that are over, by feed.</param>
    /// <param name="peer">Cells of whom the figure compares the place with, see <see cref="Denominators"/>; null: nobody.</param>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public Explanation Explain(
        ExplainQuery query, PlaceCells whole, IReadOnlyList<PlaceCells> parts, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed,
        CellTable? peer = null) =>
        Explain(query, whole, () => Pieces.Of(query.By, whole, parts, reference), rates, closed, peer);

    /// <summary>Explains by enterprises, naming the greatest and what happened to them.</summary>
    /// <param name="query">What.</param>
    /// <param name="whole">Cells of the place.</param>
    /// <param name="enterprises">Those who were there.</param>
    /// <param name="most">How many to name; the others are taken together.</param>
    /// <param name="rates">Exchange rates.</param>
    /// <param name="closed">Months that are over, by feed.</param>
    /// <param name="peer">Cells of whom the figure compares the place with; null: nobody.</param>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public Explanation Explain(
        ExplainQuery query, PlaceCells whole, EnterprisePieces enterprises, int most, ExchangeRates rates,
        IReadOnlySet<(Feed Feed, Month Period)> closed, CellTable? peer = null)
    {
        var explanation = Explain(query, whole, () => Pieces.Of(enterprises, whole, reference), rates, closed, peer);
        return explanation with { Parts = enterprises.Name(explanation.Parts, most) };
    }

    private Explanation Explain(
        ExplainQuery query, PlaceCells whole, Func<IReadOnlyList<Piece>> parts, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed,
        CellTable? peer)
    {
        var indicator = Find(query.Indicator);
        var comparedWith = indicator.Definition.ComparedWith;
        var cells = new CellTable(Places.IsEstate(whole.Place));
        foreach (var (key, amount) in whole.Cells)
            cells.Add(key, amount);
        var view = peer is null ? null : formulas.View(peer, rates, closed);
        var around = comparedWith == Peer.Nation ? Surroundings.None with { Nation = view } : Surroundings.None with { Parent = view };
        var (then, now) = (FigureAt(query.From), FigureAt(query.To));
        var explanation = new Explanation { Then = then, Now = now, Method = ExplainMethods.Of(query.Indicator, query.By) };
        if (then?.Figure.Value is not { } before || now?.Figure.Value is not { } after)
            return explanation;
        var months = new TwoMonths(indicator, query.Labels, rates, formulas.MinorUnits, closed, cells.IsEstate, query.From, query.To);
        var pieces = comparedWith == Peer.None || peer is null ? parts() : Comparison.With(parts(), comparedWith, peer);
        var (method, contributions) = new Decomposition(months, pieces).Of(explanation.Method, before, after);
        var suspect = query.To - query.From == ChangeSuspectRatio.Span
            ? ChangeSuspectRatio.OfSum(formulas.View(cells, rates, closed), query.Indicator, query.To)
            : null;
        return explanation with { Change = after - before, Method = method, Parts = contributions, SuspectShare = suspect };

        PlaceFigure? FigureAt(Month period)
        {
            var found = PlaceFigures.At(formulas.View(cells, rates, closed, around), [indicator], period)
                .Where(f => f.Figure.HasLabels(query.Labels)).Take(2).ToList();
            if (found.Count != 1)
                return null;
            // An estimate is of enterprises that have reported so far: its change is not that of any sums.
            return found[0].Status == FigureStatus.Flash
                ? found[0] with { Figure = found[0].Figure with { Value = null, Reason = Unavailable.Incomplete } }
                : found[0];
        }
    }

    private IIndicator Find(string indicator) =>
        catalogue.Find(indicator) ?? throw new ArgumentException($"there is no indicator '{indicator}'", nameof(indicator));
}
