using ClusterPulse.Aggregation;
using ClusterPulse.Registry;
using ClusterPulse.Silo.Hosting;
using ClusterPulse.UnitTests.Aggregation;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

/// <summary>When the figures of a silo's places are computed: before a scrape at once, otherwise at leisure.</summary>
public sealed class FigureRefreshTests : IDisposable
{
    private static readonly TimeSpan Took = TimeSpan.FromSeconds(1);
    private readonly LivePlaceWorld _world;
    private readonly LivePlaces _places = new();
    private readonly FigureRefresh _refresh;

    public FigureRefreshTests(LoadedReference reference)
    {
        _world = new(reference);
        _refresh = new(_places, new SharedTablesSource(TablesStore.Of(new CellLevelState(1, 1))), _world.Time, NullLogger<FigureRefresh>.Instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Those_that_come_during_a_pass_wait_together_for_the_one_after_it()
    {
        var place = Add();
        var held = _world.Log.Hold(nameof(PlaceLog.LoadAsync));

        var first = _refresh.RunAsync();
        var second = _refresh.RunAsync();
        var third = _refresh.RunAsync();
        held.SetResult();
        await first;
        await second;

        Assert.NotSame(first, second);
        Assert.Same(second, third);
        Assert.NotNull(place.Published);
    }

    [Fact]
    public async Task What_came_before_a_pass_is_shown_after_it()
    {
        var place = Add();
        await _refresh.RunAsync();
        await place.ReceiveAsync(_world.Log.Commit(1, LivePlaceWorld.Firm(LivePlaceWorld.Now, 1_000)));

        await _refresh.RunAsync();

        Assert.Equal(1_000, place.Published!.Figures.Of("employment_persons").Figure.Value);
    }

    [Fact]
    public async Task A_place_that_cannot_be_loaded_does_not_keep_the_others_from_being_computed()
    {
        LivePlace[] both = [Add(), Add()];
        _world.Log.Fail(nameof(PlaceLog.LoadAsync));

        await _refresh.RunAsync();
        Assert.Single(both, p => p.Published is not null);

        await _refresh.RunAsync();
        Assert.All(both, p => Assert.NotNull(p.Published));
    }

    [Fact]
    public async Task At_leisure_it_rests_twenty_times_as_long_as_it_took()
    {
        var place = Add();
        var held = _world.Log.Hold(nameof(PlaceLog.LoadAsync));
        var slow = _refresh.RunAsync();
        // It waits for the place.
        await Task.Run(() => SpinWait.SpinUntil(() => _world.Log.Times(nameof(PlaceLog.LoadAsync)) > 0), TestContext.Current.CancellationToken);
        _world.Time.Advance(Took);
        held.SetResult();
        await slow;
        await place.ReceiveAsync(_world.Log.Commit(1, LivePlaceWorld.Firm(LivePlaceWorld.Now, 1_000)));
        var before = place.Published;

        _world.Time.Advance((Took * 20) - TimeSpan.FromMilliseconds(1));
        await _refresh.RunAtLeisureAsync();
        Assert.Same(before, place.Published);

        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await _refresh.RunAtLeisureAsync();
        Assert.NotSame(before, place.Published);
    }

    private LivePlace Add()
    {
        var place = _world.Open();
        _places.Add(place, () => { });
        return place;
    }
}
