using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>A place without one of those who make it is the place as if they had never reported.</summary>
public sealed class ExitSimulatorTests(LoadedReference reference)
{
    private static readonly HashSet<(Feed, Month)> Closed = [];

    private readonly IndicatorCatalogue _catalogue = new();

    private IndicatorFormulas Formulas => field ??= new(_catalogue, reference.Data);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(10)]
    public void WithoutAnEnterpriseFiguresAreThoseOfAWorldThatNeverHadIt(int firm)
    {
        var world = new SmallWorld(3, reference);
        var never = new SmallWorld(3, reference, without: firm);
        var simulator = new ExitSimulator(_catalogue, Formulas, reference.Data, world.Geography);
        var whole = world.Cells(SmallWorld.Place, ExitSimulator.Reads);

        var figures = simulator.Simulate(whole, simulator.Of(whole, world.Firms[firm]), Leaver.Enterprise, world.Rates, Closed);

        var view = Formulas.View(never.Table(SmallWorld.Place), world.Rates, Closed);
        Assert.Contains(figures, f => f.Without.Value != f.Now.Figure.Value);
        foreach (var figure in figures)
        {
            if (figure.Now.Indicator is "link_survival_ratio" or "anchor_suppliers" || figure.Now.Indicator.StartsWith("network_", StringComparison.Ordinal))
            {
                Assert.Equal(Unavailable.NotApplicable, figure.Without.Reason);
                continue;
            }
            var expected = _catalogue.Find(figure.Now.Indicator)!.At(view, figure.Now.Period).Single(f => f.Labels == figure.Without.Labels);
            Assert.Equal((expected.Value, expected.Reason), (figure.Without.Value, figure.Without.Reason));
        }
    }

    [Theory]
    [InlineData(SmallWorld.Place)]
    [InlineData("regions/32")]
    [InlineData("estates/east")]
    public void WithoutAnInvestorFiguresAreThoseOfAWorldThatItsCapitalNeverReached(string place)
    {
        const string Investor = "investor-1";
        var world = new SmallWorld(3, reference);
        var never = new SmallWorld(3, reference, withoutInvestor: Investor);
        var simulator = new ExitSimulator(_catalogue, Formulas, reference.Data, world.Geography);
        var whole = world.Cells(place, ExitSimulator.Reads);

        var figures = simulator.Simulate(whole, simulator.Of(place, world.Firms, Investor), Leaver.Investor, world.Rates, Closed);

        var table = new CellTable(Places.IsEstate(place));
        foreach (var (key, amount) in never.Table(place).NonZero())
            table.Add(key, amount);
        var view = Formulas.View(table, world.Rates, Closed);
        foreach (var indicator in (string[])["fdi_investor_hhi", "fdi_source_hhi", "fdi_utilised_usd", "growth_ratio"])
            Assert.Contains(figures, f => f.Now.Indicator == indicator && f.Without.Value != f.Now.Figure.Value);
        foreach (var figure in figures)
        {
            var expected = _catalogue.Find(figure.Now.Indicator)!.At(view, figure.Now.Period).Single(f => f.Labels == figure.Without.Labels);
            Assert.Equal((figure.Now.Indicator, expected.Value, expected.Reason), (figure.Now.Indicator, figure.Without.Value, figure.Without.Reason));
        }
    }

    [Fact]
    public void WithoutASourceTheOthersShareAll()
    {
        var whole = Cells(
            (Measure.Fdi, "", "TW|USD", 600), (Measure.Fdi, "", "HK|USD", 200), (Measure.Fdi, "", "JP|USD", 200),
            (Measure.FdiUltimate, "", "TW|USD", 1_000), (Measure.Active, "", "foreign", 10), (Measure.Reported, "", "fdi", 10),
            (Measure.Reported, "", "employment", 10));

        var figures = Simulate(whole, ExplainBy.Sources, "TW");

        Assert.Equal((0.44, 0.5), Values("fdi_source_hhi", "basis=immediate"));
        Assert.Equal((10d, 4d), Values("fdi_utilised_usd", ""));
        Assert.Equal(Unavailable.NotApplicable, figures.Single(f => f.Now.Indicator == "fdi_investor_hhi").Without.Reason);
        var top = figures.Single(f => f.Now.Figure.Labels == "basis=immediate,source=TW");
        Assert.Equal(("basis=immediate,source=HK", 0.5), (top.Without.Labels, top.Without.Value));
        var none = figures.Single(f => f.Now.Indicator == "fdi_source_hhi" && f.Now.Figure.Labels == "basis=ultimate");
        Assert.Equal((1d, null, Unavailable.NoDenominator), (none.Now.Figure.Value!.Value, none.Without.Value, none.Without.Reason));

        (double, double) Values(string indicator, string labels)
        {
            var figure = figures.Single(f => f.Now.Indicator == indicator && f.Now.Figure.Labels == labels);
            return (Math.Round(figure.Now.Figure.Value!.Value, 9), Math.Round(figure.Without.Value!.Value, 9));
        }
    }

    [Fact]
    public void WithoutAnIndustryItsEmploymentIsGoneAndWhatIsNotKeptByIndustryStays()
    {
        var whole = Cells(
            (Measure.Employment, "", "private", 500), (Measure.Employment, "39", "private", 300), (Measure.Employment, "17", "private", 200),
            (Measure.SizeCount, "", "small", 10), (Measure.Active, "", "private", 10), (Measure.Active, "39", "private", 6),
            (Measure.Active, "17", "private", 4), (Measure.Reported, "", "employment", 10));

        var figures = Simulate(whole, ExplainBy.Industries, "39");

        Assert.Equal((500d, 200d), Value("employment_persons"));
        Assert.Equal(1, Value("industry_hhi").Without);
        Assert.Equal((1d, 1d), Value("sme_share"));
        Assert.All(Simulate(whole, ExplainBy.Industries, "01"), f => Assert.Equal(f.Now.Figure.Value, f.Without.Value));

        (double? Now, double? Without) Value(string indicator)
        {
            var figure = figures.First(f => f.Now.Indicator == indicator);
            return (figure.Now.Figure.Value, figure.Without.Value);
        }
    }

    [Fact]
    public void AnEnterpriseThatLeavesSuppliesNobody()
    {
        var whole = Cells(
            (Measure.SupplierReached, "", "org-8", 1), (Measure.SupplierReached, "", "org-9", 3), (Measure.Active, "", "foreign", 4),
            (Measure.Linked, "", "", 3), (Measure.Reported, "", "linkage", 4));
        var simulator = new ExitSimulator(_catalogue, Formulas, reference.Data, new SmallWorld(1, reference).Geography);

        var figures = simulator.Simulate(whole, simulator.Of(whole, EnterpriseState.Unknown("org-9")), Leaver.Enterprise, ExchangeRates.None, Closed);

        var suppliers = figures.Single(f => f.Now.Indicator == "suppliers_reached");
        Assert.Equal((2d, 1d), (suppliers.Now.Figure.Value!.Value, suppliers.Without.Value!.Value));
    }

    private ImmutableArray<SimulatedFigure> Simulate(PlaceCells whole, ExplainBy by, string code)
    {
        var simulator = new ExitSimulator(_catalogue, Formulas, reference.Data, new SmallWorld(1, reference).Geography);
        return simulator.Simulate(whole, simulator.Of(whole, by, code), by == ExplainBy.Sources ? Leaver.Source : Leaver.Industry, ExchangeRates.None, Closed);
    }

    private static PlaceCells Cells(params (Measure Measure, string Industry, string Dimension, long Amount)[] cells)
    {
        var sums = new CellSums();
        foreach (var (measure, industry, dimension, amount) in cells)
            sums.Add(new(measure, industry, dimension, SmallWorld.Last), amount);
        return new(SmallWorld.Place, "苏州市", "Suzhou", sums);
    }
}
