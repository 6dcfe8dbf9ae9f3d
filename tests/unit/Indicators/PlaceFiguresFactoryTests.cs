using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Figures with the tables that hold now, where nothing is known of other places.</summary>
public sealed class PlaceFiguresFactoryTests(LoadedReference reference)
{
    private static readonly Month Now = new(2004, 12);
    private static readonly PlaceIdentity Prefecture = new("regions/3201", "prefecture", "regions/32", "南京", "Nanjing", "江苏·南京");
    private static readonly IndicatorCatalogue Catalogue = new();

    private readonly CellTable _cells = PlaceFiguresTests.OneCluster()["3201"];

    [Fact]
    public async Task Figures_whose_measures_are_not_held_yet_are_not_given()
    {
        var factory = await FactoryAsync(CellLevels.First);

        var own = Own(factory).Select(f => f.Indicator).ToHashSet(StringComparer.Ordinal);
        var asked = factory.At(Prefecture, _cells, Now).ToList();

        Assert.Contains("employment_persons", own);
        Assert.DoesNotContain(own, i => Catalogue.Find(i)!.CellLevel > CellLevels.First);
        Assert.DoesNotContain(asked, f => Catalogue.Find(f.Indicator)!.CellLevel > CellLevels.First);
        Assert.Equal(5_000, asked.Of("employment_persons").Figure.Value);
    }

    [Theory]
    [InlineData(CellLevels.Second, false)]
    [InlineData(CellLevels.Third, true)]
    [InlineData(CellLevels.Newest, true)]
    public async Task A_cluster_on_the_watch_list_has_figures_once_places_hold_what_clusters_are_made_of(int level, bool areGiven)
    {
        var factory = await FactoryAsync(level, new ClusterWatch("3201", "17"));

        Assert.Equal(areGiven, Around(factory, Prefecture).Any(f => f is { Indicator: "employment_persons", Figure.Labels: "industry=17" }));
        Assert.Equal(5_000, Own(factory).Of("employment_persons").Figure.Value);
    }

    [Fact]
    public async Task What_is_watched_of_a_region_is_not_of_an_estate_that_is_called_like_it()
    {
        var factory = await FactoryAsync(CellLevels.Newest, new ClusterWatch("3201", "17"));

        Assert.Empty(Around(factory, Prefecture with { Place = "estates/3201", Level = "estate" }));
    }

    [Fact]
    public async Task As_long_as_nothing_is_known_of_others_there_is_nothing_to_compare_with()
    {
        var factory = await FactoryAsync(CellLevels.Newest);

        Assert.Empty(Around(factory, Prefecture));
        Assert.Empty(factory.NewestDetails(Prefecture, _cells));
        Assert.DoesNotContain(factory.Settled(factory.View(Prefecture, _cells), Month.Earliest, Month.Earliest), f => factory.Compared.Contains(f.Indicator));
    }

    private IEnumerable<PlaceFigure> Own(PlaceFiguresFactory factory) => factory.NewestOwn(factory.View(Prefecture, _cells), new());

    private IEnumerable<PlaceFigure> Around(PlaceFiguresFactory factory, PlaceIdentity place) =>
        factory.NewestAround(factory.View(place, _cells), new(), new());

    private async Task<PlaceFiguresFactory> FactoryAsync(int level, params ClusterWatch[] watched)
    {
        var tables = new SharedTablesSource(TablesStore.Of(new CellLevelState(level, level), watched));
        await tables.RefreshAsync(TestContext.Current.CancellationToken);
        var formulas = new IndicatorFormulas(Catalogue, reference.Data);
        // No other place is asked for anything.
        var standings = new StandingsSource(grains: null!, formulas, tables, reference.Data, TimeProvider.System);
        return new(formulas, Catalogue, tables, new(grains: null!, formulas, tables, standings));
    }
}
