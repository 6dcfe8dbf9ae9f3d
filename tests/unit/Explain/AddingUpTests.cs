using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>Every figure of every indicator, taken apart in every way, between random months of random worlds.</summary>
public sealed class AddingUpTests(LoadedReference reference)
{
    private static readonly HashSet<(Feed, Month)> Closed = [(Feed.Output, SmallWorld.Last - 1)];

    private readonly IndicatorCatalogue _catalogue = new();

    private IndicatorFormulas Formulas => field ??= new(_catalogue, reference.Data);

    [Fact]
    public void ContributionsAddUpToTheChangeWhateverTheIndicator()
    {
        var explained = _catalogue.Own.ToDictionary(i => i.Definition.Id, _ => 0, StringComparer.Ordinal);
        var (divided, undivided) = (0, 0);
        for (var seed = 1; seed <= 4; seed++)
        {
            var world = new SmallWorld(seed, reference);
            var random = new Random(seed);
            var cells = new Dictionary<(string, string), PlaceCells>();
            var to = SmallWorld.Last - random.Next(8);
            var from = to - 1 - random.Next(14);
            foreach (var figure in Formulas.At(Formulas.View(world.Table(SmallWorld.Place), world.Rates, Closed), to).ToList())
            {
                foreach (var by in Enum.GetValues<ExplainBy>())
                {
                    var explanation = Explain(world, cells, figure.Indicator, Labels(figure), from, to, by);
                    if (explanation.Change is not { } change)
                    {
                        Assert.Empty(explanation.Parts);
                        continue;
                    }
                    var what = $"seed {seed}: {figure.Indicator}{{{figure.Figure.Labels}}} by {by}, {from} to {to}";
                    Assert.Equal(explanation.Now!.Figure.Value!.Value - explanation.Then!.Figure.Value!.Value, change);
                    var size = explanation.Parts.Sum(p => Math.Abs(p.Contribution)) + Math.Abs(explanation.Now.Figure.Value.Value);
                    var off = explanation.Parts.Sum(p => p.Contribution) - change;
                    Assert.True(Math.Abs(off) <= 1e-9 * size, $"{what}: off by {off}");
                    var preferred = ExplainMethods.Of(figure.Indicator, by);
                    Assert.True(explanation.Method == preferred, $"{what}: {explanation.Method} instead of {preferred}");
                    Assert.All(explanation.Parts, p => Assert.True(
                        p.NumeratorEffect is null || Math.Abs(p.NumeratorEffect.Value + p.DenominatorEffect!.Value - p.Contribution) <= 1e-9 * size, what));
                    explained[figure.Indicator]++;
                    if (explanation.Parts.Any(p => p.Kind == PartKind.Undivided))
                        undivided++;
                    else
                        divided++;
                }
            }
        }
        Assert.All(explained, e => Assert.True(e.Value > 2, $"{e.Key} was explained {e.Value} times"));
        Assert.True(undivided * 50 < divided, $"{undivided} could not be divided, {divided} could");
    }

    [Fact]
    public void TheMeasuresThatAreAskedForAreAllThatAnIndicatorReads()
    {
        var world = new SmallWorld(1, reference);
        var explainer = new Explainer(_catalogue, Formulas, reference.Data);
        foreach (var indicator in _catalogue.All)
        {
            var id = indicator.Definition.Id;
            var some = new CellTable();
            foreach (var (key, amount) in world.Cells(SmallWorld.Place, explainer.Reads(id)).Cells)
                some.Add(key, amount);
            Assert.Equal(Figures(world.Table(SmallWorld.Place)), Figures(some));

            List<(string, double?)> Figures(CellTable cells) =>
            [
                .. Formulas.At(Formulas.View(cells, world.Rates, Closed), SmallWorld.Last).Where(f => f.Indicator == id)
                    .Select(f => (f.Figure.Labels, f.Figure.Value)).Order(),
            ];
        }
    }

    /// <summary>A figure whose labels include a result, such as the top source, is found without it.</summary>
    private static string Labels(PlaceFigure figure) => string.Join(
        ',', figure.Figure.Labels.Split(',').Where(l => !l.StartsWith("source=", StringComparison.Ordinal)));

    // The cells are those that were asked for before.
    private Explanation Explain(
        SmallWorld world, Dictionary<(string, string), PlaceCells> cells, string indicator, string labels, Month from, Month to, ExplainBy by)
    {
        var explainer = new Explainer(_catalogue, Formulas, reference.Data);
        var measures = explainer.Reads(indicator);
        IReadOnlyList<string> parts = by switch
        {
            ExplainBy.Children => world.Children,
            ExplainBy.Estates => SmallWorld.EstatePlaces,
            _ => [],
        };
        return explainer.Explain(
            new() { Place = SmallWorld.Place, Indicator = indicator, Labels = labels, From = from, To = to, By = by, Parts = [.. parts] },
            Cells(SmallWorld.Place),
            [.. parts.Select(Cells)],
            world.Rates,
            Closed);

        PlaceCells Cells(string place)
        {
            if (!cells.TryGetValue((place, indicator), out var known))
                cells.Add((place, indicator), known = world.Cells(place, measures));
            return known;
        }
    }
}
