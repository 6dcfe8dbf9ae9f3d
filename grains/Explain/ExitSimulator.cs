using System.Collections.Frozen;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;
using ClusterPulse.Regions;

namespace ClusterPulse.Explain;

/// <summary>Figures of a place as they would be if something that is part of it had never been there.</summary>
public sealed class ExitSimulator(IndicatorCatalogue catalogue, IndicatorFormulas formulas, ReferenceData reference, IGeography geography)
{
    /// <summary>A label whose value is a result: the top source may be another one then.</summary>
    private const string ResultLabel = "source=";

    /// <summary>Of these nothing can be said. They count links, which cells hold without the names of suppliers: those of an enterprise
    /// that sells stay; or single firms and investors, which cells hold without their industry and source, as they do what is comparable.</summary>
    private static readonly FrozenDictionary<Leaver, FrozenSet<string>> Unsaid = new Dictionary<Leaver, FrozenSet<string>>
    {
        [Leaver.Enterprise] = ["link_survival_ratio", "network_density", "network_reciprocity", "network_mean_suppliers", "anchor_suppliers"],
        [Leaver.Industry] = ["anchor_share", "anchor_suppliers", ChangeSuspectRatio.Id],
        [Leaver.Source] = ["fdi_investor_hhi"],
        [Leaver.Investor] = [],
    }.ToFrozenDictionary();

    /// <summary>Measures of which it needs cells.</summary>
    public static ImmutableArray<Measure> Reads { get; } =
        [.. Enum.GetValues<Measure>().Where(m => m is not (Measure.Members or Measure.MemberHash or Measure.Undistributed))];

    /// <summary>Cells that a source economy's capital or a division makes.</summary>
    /// <param name="whole">The place.</param>
    /// <param name="by">Sources or industries.</param>
    /// <param name="code">Of the economy or the division.</param>
    public CellTable Of(PlaceCells whole, ExplainBy by, string code) =>
        Pieces.Of(by, whole, [], reference).FirstOrDefault(p => p.Kind != PartKind.Remainder && p.Name == code)?.Cells ?? new();

    /// <summary>Cells that an enterprise makes in a place: what it reports, and what others' purchases from it make it as a supplier.</summary>
    public CellTable Of(PlaceCells whole, EnterpriseState enterprise)
    {
        var cells = new CellTable();
        Contribute(cells, whole.Place, enterprise, 1);
        foreach (var (key, amount) in whole.Cells)
        {
            if (key.Measure is Measure.SupplierReached or Measure.LinkedSupplier && key.Dimension == enterprise.Id && cells[key] != amount)
                cells.Add(key, amount - cells[key]);
        }
        return cells;
    }

    /// <summary>Cells that an investor's lines make in a place: what the enterprises contribute, less what they would without these.</summary>
    /// <param name="place">Its name.</param>
    /// <param name="enterprises">Whose reports name the investor.</param>
    /// <param name="investor">The name as reported.</param>
    public CellTable Of(string place, IEnumerable<EnterpriseState> enterprises, string investor)
    {
        var cells = new CellTable();
        foreach (var enterprise in enterprises)
        {
            Contribute(cells, place, enterprise, 1);
            Contribute(cells, place, Without(enterprise, investor), -1);
        }
        return cells;
    }

    /// <summary>Reports stay, without the lines.</summary>
    private static EnterpriseState Without(EnterpriseState enterprise, string investor)
    {
        var reports = enterprise.Reports;
        foreach (var (key, report) in enterprise.Reports)
        {
            if (key.Feed == Feed.Fdi && report.Content.Lines.Any(l => l.Fdi?.Investor == investor))
            {
                var content = report.Content with { Lines = [.. report.Content.Lines.Where(l => l.Fdi?.Investor != investor)] };
                reports = reports.With(key, report with { Content = content });
            }
        }
        return enterprise with { Reports = reports };
    }

    private void Contribute(CellTable cells, string place, EnterpriseState enterprise, int sign)
    {
        var deltas = new List<CellDelta>();
        new Contribution(enterprise, geography, sign, deltas).All();
        foreach (var delta in deltas)
        {
            if (geography.Path(delta.Place).Contains(place) && geography.Adds(delta.Key.Measure, place))
                cells.Add(delta.Key, delta.Amount);
        }
    }

    /// <summary>Each indicator's newest figures, as they are and without some of the cells.</summary>
    /// <param name="whole">The place.</param>
    /// <param name="leaving">What leaves it.</param>
    /// <param name="leaver">As what it leaves. Nothing is said of what cells do not hold by it.</param>
    /// <param name="rates">Exchange rates.</param>
    /// <param name="closed">Months that are over, by feed.</param>
    public ImmutableArray<SimulatedFigure> Simulate(
        PlaceCells whole, CellTable leaving, Leaver leaver, ExchangeRates rates, IReadOnlySet<(Feed Feed, Month Period)> closed)
    {
        var isEstate = Places.IsEstate(whole.Place);
        var (now, rest) = (new CellTable(isEstate), new CellTable(isEstate));
        foreach (var (key, amount) in whole.Cells)
        {
            now.Add(key, amount);
            rest.Add(key, amount);
        }
        foreach (var (key, amount) in leaving.NonZero())
            rest.Add(key, -amount);
        var view = formulas.View(rest, rates, closed);
        var without = new Dictionary<(string Indicator, Month Period), List<Figure>>();
        var figures = ImmutableArray.CreateBuilder<SimulatedFigure>();
        foreach (var figure in formulas.NewestOwn(formulas.View(now, rates, closed)))
        {
            // Whether people are late says nothing of what they make.
            var indicator = catalogue.Find(figure.Indicator)!;
            if (indicator.Definition.IsAboutReporting)
                continue;
            if (!without.TryGetValue((figure.Indicator, figure.Period), out var all))
                without.Add((figure.Indicator, figure.Period), all = [.. indicator.At(view, figure.Period)]);
            var known = !Unsaid[leaver].Contains(figure.Indicator);
            figures.Add(new(figure, known ? Same(all, figure.Figure) : Figure.Not(Unavailable.NotApplicable) with { Labels = figure.Figure.Labels }));
        }
        return figures.ToImmutable();
    }

    private static Figure Same(List<Figure> figures, Figure figure)
    {
        var labels = Fixed(figure);
        return figures.FirstOrDefault(f => Fixed(f) == labels) ?? (Figure.Not(Unavailable.NotApplicable) with { Labels = labels });
    }

    private static string Fixed(Figure figure) =>
        string.Join(',', figure.Labels.Split(',').Where(l => !l.StartsWith(ResultLabel, StringComparison.Ordinal)));
}
