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

    /// <summary>Asks those with whom a figure compares a place for what it compares.</summary>
    /// <param name="grains">Reaches them.</param>
    /// <param name="query">Which figure.</param>
    /// <param name="rivals">Rival sets by region.</param>
    /// <returns>Null where it compares with nobody, or where one of them is not known.</returns>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public async Task<Comparison?> CompareAsync(IGrainFactory grains, ExplainQuery query, IReadOnlyDictionary<string, RivalSet> rivals)
    {
        var peer = Formula(query).Definition.ComparedWith;
        var (nation, parent) = formulas.Peers(query.Place, query.Above);
        var set = peer == Peer.Rivals ? IndicatorFormulas.RivalsOf(query.Place, rivals) : null;
        string?[] others = peer switch
        {
            Peer.Nation => [nation],
            Peer.Parent => [parent],
            Peer.Rivals => [.. (set?.Regions ?? []).Select(Places.Region).Where(r => r != query.Place)],
            _ => [],
        };
        if (others.Length == 0 || others.Contains(null))
            return null;
        var tables = await Task.WhenAll(others.Select(o => grains.PlaceGrain(o!).GetDenominatorsAsync(peer, null)));
        return tables.Contains(null)
            ? null
            : new(peer, [.. others.Zip(tables, (place, table) => (place!, table!.Open()))]) { Set = set };
    }

    /// <summary>Explains.</summary>
    /// <param name="query">What.</param>
    /// <param name="whole">Cells of the place.</param>
    /// <param name="parts">Cells of the places that are its parts, where these are asked for.</param>
    /// <param name="rates">Exchange rates.</param>
    /// <param name="closed">Months that are over, by feed.</param>
    /// <param name="comparison">With whom the figure compares the place; null: nobody.</param>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public Explanation Explain(
        ExplainQuery query, PlaceCells whole, IReadOnlyList<PlaceCells> parts, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed,
        Comparison? comparison = null) =>
        Explain(query, whole, () => Pieces.Of(query.By, whole, parts, reference), rates, closed, comparison);

    /// <summary>Explains by enterprises, naming the greatest and what happened to them.</summary>
    /// <param name="query">What.</param>
    /// <param name="whole">Cells of the place.</param>
    /// <param name="enterprises">Those who were there.</param>
    /// <param name="most">How many to name; the others are taken together.</param>
    /// <param name="rates">Exchange rates.</param>
    /// <param name="closed">Months that are over, by feed.</param>
    /// <param name="comparison">With whom the figure compares the place; null: nobody.</param>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public Explanation Explain(
        ExplainQuery query, PlaceCells whole, EnterprisePieces enterprises, int most, ExchangeRates rates,
        IReadOnlySet<(Feed Feed, Month Period)> closed, Comparison? comparison = null)
    {
        var explanation = Explain(query, whole, () => Pieces.Of(enterprises, whole, reference), rates, closed, comparison);
        return explanation with { Parts = enterprises.Name(explanation.Parts, most) };
    }

    private Explanation Explain(
        ExplainQuery query, PlaceCells whole, Func<IReadOnlyList<Piece>> parts, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed,
        Comparison? comparison)
    {
        var indicator = Formula(query);
        var cells = new CellTable(Places.IsEstate(whole.Place));
        foreach (var (key, amount) in whole.Cells)
            cells.Add(key, amount);
        var around = comparison?.Around(cells, c => formulas.View(c, rates, closed)) ?? Surroundings.None;
        var (then, now) = (FigureAt(query.From), FigureAt(query.To));
        var explanation = new Explanation { Then = then, Now = now, Method = ExplainMethods.Of(query.Indicator, query.By) };
        if (then?.Figure.Value is not { } before || now?.Figure.Value is not { } after)
            return explanation;
        var months = new TwoMonths(indicator, query.Labels, rates, formulas.MinorUnits, closed, cells.IsEstate, query.From, query.To)
        {
            Comparison = comparison,
        };
        var pieces = comparison?.With(parts(), reference) ?? parts();
        var (method, contributions) = new Decomposition(months, pieces).Of(explanation.Method, before, after);
        var suspect = query.To - query.From == ChangeSuspectRatio.Span
            ? ChangeSuspectRatio.OfSum(formulas.View(cells, rates, closed), query.Indicator, query.To)
            : null;
        return explanation with { Change = after - before, Method = method, Parts = contributions, SuspectShare = suspect };

        PlaceFigure? FigureAt(Month period)
        {
            var found = Figure.Named(
                PlaceFigures.At(formulas.View(cells, rates, closed, around), [indicator], period), query.Labels, f => f.Figure);
            // An estimate is of enterprises that have reported so far: its change is not that of any sums.
            return found?.Status == FigureStatus.Flash
                ? found with { Figure = found.Figure with { Value = null, Reason = Unavailable.Incomplete } }
                : found;
        }
    }

    /// <summary>What computes the figure that is meant: the one among rivals stands beside the other under the same id.</summary>
    private IIndicator Formula(ExplainQuery query)
    {
        var indicator = Find(query.Indicator);
        return indicator.Also.FirstOrDefault(i => i.Definition.ComparedWith == Peer.Rivals) is { } among
            && query.Labels.Split(',').Contains("among=rivals")
                ? among
                : indicator;
    }

    private IIndicator Find(string indicator) =>
        catalogue.Find(indicator) ?? throw new ArgumentException($"there is no indicator '{indicator}'", nameof(indicator));
}
