using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Aggregation.LivePlaceWorld;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What a place stores, and what becomes of an activation that another one has overtaken.</summary>
public sealed class LivePlaceCheckpointTests(LoadedReference reference) : IDisposable
{
    private const string Krugman = "krugman_specialisation";

    private readonly LivePlaceWorld _world = new(reference);

    private PlaceLog Log => _world.Log;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_settled_figure_is_stored_once()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = _world.Open();

        var first = await StoredAsync(place);
        Assert.Equal(500, Assert.Single(first, v => v.Indicator == "employment_persons").Value);
        Assert.Empty(await StoredAsync(place));
        Assert.Empty(await StoredAsync(_world.Open()));

        Assert.Equal(2, Log.Times(nameof(PlaceLog.LoadNewestVintagesAsync)));
    }

    [Fact]
    public async Task The_first_call_of_an_activation_may_be_a_checkpoint()
    {
        Log.Commit(1, Firm(Now, 500));
        await StoredAsync(_world.Open());
        Log.MoveFloor();

        Assert.True(await _world.Open().CheckpointThroughAsync(Log.Positions));
    }

    [Fact]
    public async Task Of_a_month_that_changed_only_figures_that_changed_are_stored_and_however_little()
    {
        Log.Commit(1, Firm(Now, 10_000_000));
        var place = _world.Open();
        await StoredAsync(place);
        Log.Commit(1, More(1));

        var second = await StoredAsync(place);

        Assert.Equal(10_000_001, Assert.Single(second, v => v.Indicator == "employment_persons").Value);
        Assert.DoesNotContain(second, v => v.Indicator == "enterprises");
    }

    [Fact]
    public async Task What_moves_by_a_trace_because_of_others_is_not_stored_and_what_moves_by_more_is()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = _world.Open();
        await _world.CompareWithAsync(Firm(Now, 2_000_000_000));
        Assert.Equal(0, Assert.Single(await StoredAsync(place), v => v.Indicator == Krugman).Value);

        await _world.CompareWithAsync(Firm(Now, 2_000_000_000).Employ("17", Now, 1));
        Assert.Empty(await StoredAsync(place));
        await _world.CompareWithAsync(Firm(Now, 2_000_000_000).Employ("17", Now, 2_000_000_000));
        var moved = Assert.Single(await StoredAsync(place));

        Assert.Equal((Krugman, 0.5), (moved.Indicator, moved.Value));
    }

    [Fact]
    public async Task With_a_closed_month_its_figures_are_stored_as_final()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = _world.Open();
        await StoredAsync(place);

        await _world.CloseAsync(Feed.Employment, Now);

        Assert.Equal(FigureStatus.Final, Assert.Single(await StoredAsync(place), v => v.Indicator == "employment_persons").Status);
        Assert.Empty(await StoredAsync(place));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_stored_by_the_next()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = _world.Open();
        Log.Fail(nameof(PlaceLog.TryCheckpointAsync));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => place.CheckpointThroughAsync(Log.Positions));

        Assert.Equal(500, Assert.Single(await StoredAsync(place), v => v.Indicator == "employment_persons").Value);
    }

    /// <summary>The other has stored another figure meanwhile: what this one stored before is not the newest any more.</summary>
    [Fact]
    public async Task One_that_was_overtaken_stores_nothing_loads_again_and_compares_with_what_the_other_stored()
    {
        Log.Commit(1, Firm(Now, 500));
        var (place, other) = (_world.Open(), _world.Open());
        await StoredAsync(place);
        await other.EnsureLoadedAsync();
        Log.Commit(1, More(10));
        Assert.Equal(510, Assert.Single(await StoredAsync(other), v => v.Indicator == "employment_persons").Value);

        Assert.False(await place.CheckpointThroughAsync(Log.Positions));
        Assert.Equal(2, Log.Checkpoints.Count);
        Assert.Equal(510, Persons(await place.HealthAsync(null)));
        Log.Commit(1, More(-10));

        Assert.Equal(500, Assert.Single(await StoredAsync(place), v => v.Indicator == "employment_persons").Value);
    }

    [Fact]
    public async Task A_floor_that_moves_is_no_news_before_loading()
    {
        var place = _world.Open();

        await place.FloorMovedAsync();

        Assert.Empty(Log.Asked);
    }

    [Fact]
    public async Task When_the_floor_moves_one_that_was_overtaken_loads_again()
    {
        Log.Commit(1, Firm(Now, 500));
        var (place, other) = (await _world.OpenLoadedAsync(), _world.Open());
        Log.Commit(1, More(10));
        await StoredAsync(other);
        Log.MoveFloor();

        await place.FloorMovedAsync();

        Assert.Equal(510, Persons(await place.HealthAsync(null)));
    }

    [Fact]
    public async Task When_the_floor_moves_the_others_have_caught_up_to_it()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = await _world.OpenLoadedAsync();
        await StoredAsync(place);
        Log.CommitElsewhere(2);
        Log.MoveFloor();
        await place.FloorMovedAsync();
        Log.Asked.Clear();

        await place.CatchUpAsync(At((2, 1)));

        Assert.Empty(Log.Asked);
    }

    private async Task<IReadOnlyList<Vintage>> StoredAsync(LivePlace place)
    {
        Assert.True(await place.CheckpointThroughAsync(Log.Positions));
        return Log.Checkpoints[^1].Vintages;
    }

    private static double? Persons(PlaceHealth health) => health.Figures.Of("employment_persons").Figure.Value;
}
