using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Before the tables have been read, places hold the first measures only, as those of the oldest build.</summary>
public sealed class PlaceFiguresFactoryTests
{
    private static readonly Month Now = new(2004, 12);
    private static readonly PlaceIdentity Prefecture = new("regions/3201", "prefecture", "regions/32", "南京", "Nanjing", "江苏·南京");
    private static readonly IndicatorCatalogue Catalogue = new();

    private readonly CellTable _cells = PlaceFiguresTests.OneCluster()["3201"];
    private readonly PlaceFiguresFactory _factory;

    public PlaceFiguresFactoryTests(LoadedReference reference)
    {
        // Neither is asked for anything here: nothing is read from a store, nothing from another place.
        var tables = new SharedTablesSource(store: null!);
        var formulas = new IndicatorFormulas(Catalogue, reference.Data);
        var standings = new StandingsSource(grains: null!, formulas, tables, reference.Data, TimeProvider.System);
        _factory = new(formulas, Catalogue, tables, new(grains: null!, formulas, tables, standings));
    }

    [Fact]
    public void Figures_whose_measures_are_not_held_yet_are_not_given()
    {
        var own = _factory.NewestOwn(_cells).Select(f => f.Indicator).ToHashSet(StringComparer.Ordinal);
        var asked = _factory.At(Prefecture, _cells, Now).ToList();

        Assert.Equal(
            Catalogue.Own.Where(i => i.CellLevel == CellLevels.First).Select(i => i.Definition.Id).Intersect(own).Order(StringComparer.Ordinal),
            own.Order(StringComparer.Ordinal));
        Assert.Contains("employment_persons", own);
        Assert.DoesNotContain(asked, f => Catalogue.Find(f.Indicator)!.CellLevel > CellLevels.First);
        Assert.DoesNotContain(asked, f => Catalogue.IsOfCluster(f.Indicator, f.Figure.Labels));
        Assert.Equal(5_000, asked.Of("employment_persons").Figure.Value);
    }

    [Fact]
    public void As_long_as_nothing_is_known_of_others_there_is_nothing_to_compare_with()
    {
        Assert.Empty(_factory.NewestAround(Prefecture, _cells));
        Assert.Empty(_factory.NewestDetails(Prefecture, _cells));
        Assert.DoesNotContain(_factory.Settled(Prefecture, _cells), f => _factory.Compared.Contains(f.Indicator));
    }
}
