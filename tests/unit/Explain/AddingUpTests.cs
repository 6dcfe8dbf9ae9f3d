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

    private static readonly RivalSet Set = new() { Id = "it", Regions = ["3202", "3205"], Sources = ["TW"], Industries = ["39"], Version = 1 };

    private readonly IndicatorCatalogue _catalogue = new();

    private IndicatorFormulas Formulas => field ??= new(_catalogue, reference.Data);

    [Fact]
    public void ContributionsAddUpToTheChangeWhateverTheIndicator()
    {
        var explained = _catalogue.All.Where(i => ExplainMethods.Explains(i.Definition.Id)).ToDictionary(i => i.Definition.Id, _ => 0, StringComparer.Ordinal);
        var (divided, undivided, amongRivals) = (0, 0, 0);
        Parallel.For(1, 5, seed =>
        {
            var world = new SmallWorld(seed, reference);
            var random = new Random(seed);
            var cells = new Dictionary<(string, string), PlaceCells>();
            var to = SmallWorld.Last - random.Next(8);
            var from = to - 1 - random.Next(14);
            var around = AllAround(world);
            foreach (var figure in Formulas.At(Formulas.View(world.Table(SmallWorld.Place), world.Rates, Closed, around), to).ToList())
            {
                // Of location quotients, one for each industry, those of one are enough.
                if (!explained.ContainsKey(figure.Indicator)
                    || (figure.Figure.Labels.Contains("industry=", StringComparison.Ordinal) && !figure.Figure.HasLabels("industry=39")))
                {
                    continue;
                }
                foreach (var by in Enum.GetValues<ExplainBy>())
                {
                    // So many players take their time.
                    if (by == ExplainBy.Enterprises && seed > 2)
                        continue;
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
                    lock (explained)
                    {
                        explained[figure.Indicator]++;
                        if (explanation.Parts.Any(p => p.Name == "regions/3202"))
                            amongRivals++;
                        if (explanation.Parts.Any(p => p.Kind == PartKind.Undivided))
                            undivided++;
                        else
                            divided++;
                    }
                }
            }
        });
        Assert.All(explained, e => Assert.True(e.Value > 2, $"{e.Key} was explained {e.Value} times"));
        Assert.True(amongRivals > 20, $"a rival's part was in {amongRivals}");
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

    [Theory]
    [InlineData("regions/3205", EnterpriseEventKind.MovedIn)]
    [InlineData("regions/4419", EnterpriseEventKind.MovedOut)]
    public void AFirmThatMovesFromDongguanToSuzhouIsNamedInBoth(string place, EnterpriseEventKind what)
    {
        var world = new SmallWorld(1, reference);
        var (from, to) = (SmallWorld.MovesAt - 1, SmallWorld.MovesAt);

        var explanation = ExplainByEnterprises(world, place, "enterprises", "ownership=hmt", from, to, most: 20);

        var mover = explanation.Parts.Single(p => p.Name == "enterprises/" + SmallWorld.Mover);
        Assert.Equal((PartKind.Enterprise, what == EnterpriseEventKind.MovedIn ? 1d : -1d), (mover.Kind, mover.Contribution));
        var moved = Assert.Single(mover.Events);
        Assert.Equal((what, to), (moved.What, moved.Period));
        Assert.StartsWith("regions/4419", moved.From, StringComparison.Ordinal);
        Assert.StartsWith("regions/3205", moved.To, StringComparison.Ordinal);
    }

    [Fact]
    public void EnterprisesThatAreNotNamedAreOnePart()
    {
        var world = new SmallWorld(1, reference);
        var (from, to) = (SmallWorld.Last - 12, SmallWorld.Last);

        var all = ExplainByEnterprises(world, SmallWorld.Place, "labour_productivity_cny", "", from, to, most: 100).Parts;
        var some = ExplainByEnterprises(world, SmallWorld.Place, "labour_productivity_cny", "", from, to, most: 3).Parts;

        var (named, rest) = (all.Where(p => p.Kind == PartKind.Enterprise).ToList(), some.Single(p => p.Kind == PartKind.Others));
        Assert.True(named.Count > 6);
        Assert.Equal(named.Take(3).Select(p => p.Name), some.Where(p => p.Kind == PartKind.Enterprise).Select(p => p.Name));
        Assert.Equal(named.Skip(3).Sum(p => p.Contribution), rest.Contribution, 6);
        Assert.Equal(rest.Contribution, rest.NumeratorEffect!.Value + rest.DenominatorEffect!.Value, 6);
        Assert.Equal(named.Skip(3).Sum(p => p.Now[0].Value), rest.Now[0].Value, 2);
    }

    private Explanation ExplainByEnterprises(SmallWorld world, string place, string indicator, string labels, Month from, Month to, int most)
    {
        var explainer = new Explainer(_catalogue, Formulas, reference.Data);
        var (query, measures) = (new ExplainQuery
        {
            Place = place,
            Indicator = indicator,
            Labels = labels,
            From = from,
            To = to,
            By = ExplainBy.Enterprises,
        }, explainer.Reads(indicator));
        var firms = new EnterprisePieces(query, measures, world.Geography);
        foreach (var firm in world.Firms)
            firms.Add(firm);
        return explainer.Explain(query, world.Cells(place, measures), firms, most, world.Rates, Closed, Around(world, indicator, labels));
    }

    private Comparison? Around(SmallWorld world, string indicator, string labels) => _catalogue.Find(indicator)!.Definition.ComparedWith switch
    {
        _ when labels.Contains("among=rivals", StringComparison.Ordinal) =>
            new(Peer.Rivals, [Given(world, "regions/3202", Peer.Rivals)]) { Set = Set },
        Peer.Nation => new(Peer.Nation, [Given(world, "regions/CN", Peer.Nation)]),
        Peer.Parent => new(Peer.Parent, [Given(world, "regions/32", Peer.Parent)]),
        _ => null,
    };

    private static (string Place, CellTable Cells) Given(SmallWorld world, string place, Peer peer) =>
        (place, Denominators.Of(world.Table(place), peer));

    private Surroundings AllAround(SmallWorld world)
    {
        return new(View("regions/CN", Peer.Nation), View("regions/32", Peer.Parent))
        {
            Rivals = Rivals.Of(Set, code => View(Places.Region(code), Peer.Rivals)),
        };

        CellView View(string place, Peer peer) => Formulas.View(Denominators.Of(world.Table(place), peer), world.Rates, Closed);
    }

    /// <summary>A figure whose labels include a result, such as the top source, is found without it.</summary>
    private static string Labels(PlaceFigure figure) => figure.Indicator == "fdi_top_source_share"
        ? string.Join(',', figure.Figure.Labels.Split(',').Where(l => !l.StartsWith("source=", StringComparison.Ordinal)))
        : figure.Figure.Labels;

    // The cells are those that were asked for before.
    private Explanation Explain(
        SmallWorld world, Dictionary<(string, string), PlaceCells> cells, string indicator, string labels, Month from, Month to, ExplainBy by)
    {
        if (by == ExplainBy.Enterprises)
            return ExplainByEnterprises(world, SmallWorld.Place, indicator, labels, from, to, most: 5);
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
            Closed,
            Around(world, indicator, labels));

        PlaceCells Cells(string place)
        {
            if (!cells.TryGetValue((place, indicator), out var known))
                cells.Add((place, indicator), known = world.Cells(place, measures));
            return known;
        }
    }
}
