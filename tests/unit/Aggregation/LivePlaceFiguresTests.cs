using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Aggregation.LivePlaceWorld;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Figures that a place publishes: made anew where something that they are made of has changed, and only then.</summary>
public sealed class LivePlaceFiguresTests : IDisposable
{
    private const string Textiles = "industry=17";
    private const string Electronics = "industry=39";

    private readonly LivePlaceWorld _world;

    public LivePlaceFiguresTests(LoadedReference reference)
    {
        _world = new(reference, new ClusterWatch("3205", "17"));
        _world.Log.Commit(1, Firm(Now, 500));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Nothing_is_published_before_somebody_has_figures_made()
    {
        var place = await _world.OpenLoadedAsync();
        Assert.Null(place.Published);
        // Those of one month are for who asked.
        Assert.Equal(500, Persons(await place.HealthAsync(Now)));
        Assert.Null(place.Published);

        await place.RefreshAsync();

        var health = place.Published!;
        Assert.Equal(
            (Suzhou.Place, Suzhou.Level, Suzhou.Parent, Suzhou.NameZh, Suzhou.NameEn, Suzhou.Path),
            (health.Place, health.Level, health.Parent, health.NameZh, health.NameEn, health.Path));
        Assert.Equal(_world.Time.GetUtcNow(), health.ComputedAt);
        Assert.Equal((500, 1), (Persons(health), health.Figures.Of("enterprises", "ownership=private").Figure.Value));
    }

    [Fact]
    public async Task As_long_as_nothing_has_changed_the_same_is_published()
    {
        var place = await _world.OpenLoadedAsync();
        var first = await place.HealthAsync(null);
        _world.Time.Advance(TimeSpan.FromHours(1));

        await place.RefreshAsync();
        Assert.Same(first, place.Published);
        Assert.Same(first, await place.HealthAsync(null));
        await place.CatchUpAsync(At((1, 1)));
        Assert.Same(first, await place.HealthAsync(null));

        await place.ReceiveAsync(_world.Log.Commit(1, More(10)));
        Assert.Same(first, place.Published);
        await place.RefreshAsync();
        Assert.Equal((510, _world.Time.GetUtcNow()), (Persons(place.Published!), place.Published!.ComputedAt));
        Assert.True(place.Published.Revision > first.Revision);
    }

    [Fact]
    public async Task A_closed_month_makes_figures_final()
    {
        var place = await _world.OpenLoadedAsync();
        await place.RefreshAsync();
        Assert.Equal(FigureStatus.Provisional, place.Published!.Figures.Of("employment_persons").Status);

        await _world.CloseAsync(Feed.Employment, Now);
        await place.RefreshAsync();

        var closed = place.Published;
        Assert.Equal(FigureStatus.Final, closed.Figures.Of("employment_persons").Status);
        Assert.Equal(FigureStatus.Final, closed.Figures.Of("employment_persons", Textiles).Status);
        await place.RefreshAsync();
        Assert.Same(closed, place.Published);
    }

    [Fact]
    public async Task What_compares_the_place_with_the_nation_follows_the_nation_and_the_rest_stays()
    {
        var place = await _world.OpenLoadedAsync();
        await place.RefreshAsync();
        var before = place.Published!;
        Assert.DoesNotContain(before.Figures, f => f.Indicator == "krugman_specialisation");

        await _world.CompareWithAsync(Firm(Now, 10_000));
        await place.RefreshAsync();
        var alike = place.Published!;
        Assert.Equal(0, alike.Figures.Of("krugman_specialisation").Figure.Value);
        await _world.CompareWithAsync(Firm(Now, 10_000).Employ("17", Now, 10_000));
        await place.RefreshAsync();

        Assert.Equal(0.5, place.Published!.Figures.Of("krugman_specialisation").Figure.Value);
        Assert.Same(before.Figures.Of("employment_persons"), place.Published.Figures.Of("employment_persons"));
    }

    [Fact]
    public async Task A_cluster_that_standings_make_has_figures_once_they_are_there()
    {
        var nation = PlaceFiguresTests.OneCluster("3205");
        _world.Log.Commit(1, nation["3205"]);
        var place = await _world.OpenLoadedAsync();
        await place.RefreshAsync();
        Assert.DoesNotContain(place.Published!.Figures, f => f.Figure.Labels == Electronics);

        await _world.StandAmongAsync(nation.Table());
        await place.RefreshAsync();

        Assert.Equal(5_250, place.Published!.Figures.Of("employment_persons", Electronics).Figure.Value);
    }

    [Fact]
    public async Task A_change_of_a_month_is_one_of_all_figures_of_that_month()
    {
        await _world.CompareWithAsync(Firm(Now, 10_000));
        var place = await _world.OpenLoadedAsync();
        await place.RefreshAsync();
        Assert.Equal(250, place.Published!.Figures.Of("employment_persons", Textiles).Figure.Value);

        await place.ReceiveAsync(_world.Log.Commit(1, More(500)));
        await place.RefreshAsync();

        Assert.Equal(1_000, Persons(place.Published!));
        Assert.Equal(750, place.Published!.Figures.Of("employment_persons", Textiles).Figure.Value);
        Assert.Equal(0.5, place.Published.Figures.Of("krugman_specialisation").Figure.Value);
    }

    [Fact]
    public async Task A_change_of_a_later_month_leaves_what_was_made_of_earlier_ones()
    {
        await _world.CompareWithAsync(Firm(Now, 10_000));
        var place = await _world.OpenLoadedAsync();
        await place.RefreshAsync();
        var before = place.Published!;

        // The register knows of one firm more, so that the next month, which one of the two has reported, is not complete.
        await place.ReceiveAsync(_world.Log.Commit(1, Report(Now + 1, 700).Active(Now + 1, 1, "private")));
        await place.RefreshAsync();

        var after = place.Published!;
        Assert.NotSame(before, after);
        foreach (var (indicator, labels) in new[] { ("employment_persons", ""), ("employment_persons", Textiles), ("krugman_specialisation", "") })
            Assert.Same(before.Figures.Of(indicator, labels), after.Figures.Of(indicator, labels));
    }

    private static double? Persons(PlaceHealth health) => health.Figures.Of("employment_persons").Figure.Value;
}
