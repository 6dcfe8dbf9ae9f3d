using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;
using ClusterPulse.Regions;

namespace ClusterPulse.Explain;

/// <summary>Says what changed a figure, from the cells of a place and of its parts.</summary>
public sealed class Explainer(IndicatorCatalogue catalogue, IndicatorFormulas formulas, ReferenceData reference)
{
    /// <summary>Measures of which it needs cells.</summary>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public ImmutableArray<Measure> Reads(string indicator) => ExplainMethods.Reads(Find(indicator).Definition);

    /// <summary>Explains.</summary>
    /// <param name="query">What.</param>
    /// <param name="whole">Cells of the place.</param>
    /// <param name="parts">Cells of the places that are its parts, where these are asked for.</param>
    /// <param name="rates">Exchange rates.</param>
    /// <param name="closed">Months that are over, by feed.</param>
    /// <exception cref="ArgumentException">There is no such indicator.</exception>
    public Explanation Explain(
        ExplainQuery query, PlaceCells whole, IReadOnlyList<PlaceCells> parts, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed)
    {
        var indicator = Find(query.Indicator);
        var cells = new CellTable(Places.IsEstate(whole.Place));
        foreach (var (key, amount) in whole.Cells)
            cells.Add(key, amount);
        var (then, now) = (FigureAt(query.From), FigureAt(query.To));
        var explanation = new Explanation { Then = then, Now = now, Method = ExplainMethods.Of(query.Indicator, query.By) };
        if (then?.Figure.Value is not { } before || now?.Figure.Value is not { } after)
            return explanation;
        var months = new TwoMonths(indicator, query.Labels, rates, formulas.MinorUnits, closed, cells.IsEstate, query.From, query.To);
        var (method, contributions) = new Decomposition(months, Pieces.Of(query.By, whole, parts, reference)).Of(explanation.Method, before, after);
        return explanation with { Change = after - before, Method = method, Parts = contributions };

        PlaceFigure? FigureAt(Month period)
        {
            var found = formulas.At(formulas.View(cells, rates, closed), period)
                .Where(f => f.Indicator == query.Indicator && f.Figure.HasLabels(query.Labels)).Take(2).ToList();
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
