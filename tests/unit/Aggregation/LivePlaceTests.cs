using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Aggregation.LivePlaceWorld;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>One activation of a place: loading, catching up, and what others are told of its cells.</summary>
public sealed class LivePlaceTests(LoadedReference reference) : IDisposable
{
    private readonly LivePlaceWorld _world = new(reference);

    private PlaceLog Log => _world.Log;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task It_is_loaded_once_however_many_ask()
    {
        Log.Commit(1, Firm(Now, 500));
        var held = Log.Hold(nameof(PlaceLog.LoadAsync));
        var place = _world.Open();

        var asked = new[] { place.EnsureLoadedAsync(), place.RefreshAsync(), place.CellsAsync([Measure.Employment]) };
        Assert.DoesNotContain(asked, t => t.IsCompleted);
        held.SetResult();
        await Task.WhenAll(asked);
        await place.EnsureLoadedAsync();

        Assert.Equal([nameof(PlaceLog.LoadAsync)], Log.Asked);
    }

    [Fact]
    public async Task A_load_that_failed_is_tried_again_by_who_asks_next()
    {
        Log.Commit(1, Firm(Now, 500));
        Log.Fail(nameof(PlaceLog.LoadAsync));
        var place = _world.Open();

        await Assert.ThrowsAsync<StoreUnavailableException>(place.RefreshAsync);

        Assert.Null(place.Published);
        Assert.Null(await place.StandingAsync(null));
        Assert.Equal(500, Persons(await place.HealthAsync(null)));
        Assert.Equal(2, Log.Times(nameof(PlaceLog.LoadAsync)));
    }

    [Fact]
    public async Task Whoever_asks_first_for_figures_finds_it_loaded()
    {
        Log.Commit(1, Firm(Now, 500));
        await _world.CompareWithAsync(Firm(Now, 10_000).Employ("17", Now, 10_000));

        Assert.Equal(500, Persons(await _world.Open().HealthAsync(null)));
        Assert.Equal(500, Persons(await _world.Open().HealthAsync(Now)));
        Assert.Contains(await _world.Open().DetailsAsync(), f => f is { Indicator: "location_quotient", Figure.Value: not null });
        var refreshed = _world.Open();
        await refreshed.RefreshAsync();
        Assert.Equal(500, Persons(refreshed.Published!));
    }

    [Fact]
    public async Task Whoever_asks_first_for_cells_finds_it_loaded()
    {
        Log.Commit(1, Firm(Now, 500));
        Log.Commit(1, Member(3, 4, 5));

        var cells = await _world.Open().CellsAsync([Measure.Employment, Measure.Active]);
        var denominators = await _world.Open().DenominatorsAsync(Peer.Nation, null);

        Assert.Equal((Suzhou.Place, Suzhou.NameZh, Suzhou.NameEn), (cells.Place, cells.NameZh, cells.NameEn));
        Assert.Equal(
            new Dictionary<CellKey, long>
            {
                [new(Measure.Active, "private", Now)] = 1,
                [new(Measure.Employment, "private", Now)] = 500,
                [new(Measure.Employment, "17", "private", Now)] = 250,
                [new(Measure.Employment, "39", "private", Now)] = 250,
            },
            Dictionary(cells.Cells));
        Assert.Equal(250, denominators!.Open()[new(Measure.Employment, "17", "all", Now)]);
    }

    [Fact]
    public async Task What_follows_on_what_was_loaded_is_no_catching_up_and_what_comes_after_a_gap_is()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = _world.Open();

        Assert.Equal(2, await place.ReceiveAsync(Log.Commit(1, More(10))));
        Assert.Equal([nameof(PlaceLog.LoadAsync)], Log.Asked);
        Assert.Empty(_world.Metrics.Of("clusterpulse.catch_ups"));
        Log.Commit(1, More(20));
        Assert.Equal(4, await place.ReceiveAsync(Log.Commit(1, More(30))));

        Assert.Equal([1d], _world.Metrics.Of("clusterpulse.catch_ups"));
        Assert.Equal(560, Persons(await place.HealthAsync(null)));
    }

    [Fact]
    public async Task It_catches_up_no_further_than_a_writer_has_come()
    {
        var place = await _world.OpenLoadedAsync();
        Log.Commit(1, Firm(Now, 500));

        await place.CatchUpAsync(At((1, 99)));

        Assert.Equal(500, Persons(await place.HealthAsync(null)));
        // Taken for known, it would never count.
        Assert.Equal(2, await place.ReceiveAsync(Log.Commit(1, More(10))));
        Assert.Equal(510, Persons(await place.HealthAsync(null)));
    }

    [Fact]
    public async Task Only_of_writers_that_are_ahead_the_log_is_read_and_positions_once_for_all()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = _world.Open();
        await place.CatchUpAsync(At((1, 1)));
        Assert.Equal([nameof(PlaceLog.LoadAsync)], Log.Asked);
        Log.Commit(2, More(10));
        Log.Commit(3, More(20));
        Log.Asked.Clear();

        await place.CatchUpAsync(At((1, 1), (2, 1), (3, 1)));

        Assert.Equal([nameof(PlaceLog.ReadMissingAsync), nameof(PlaceLog.ReadMissingAsync), nameof(PlaceLog.ReadPositionsAsync)], Log.Asked.Order());
        Assert.Equal(530, Persons(await place.HealthAsync(null)));
    }

    [Fact]
    public async Task A_probe_is_of_the_positions_that_it_was_asked_for()
    {
        Log.Commit(1, Member(3, 4, 5));
        var place = await _world.OpenLoadedAsync();
        Log.Commit(2, Member(1, -2, 10));

        var probe = await place.ProbeAsync(At((1, 1), (2, 1)));

        Assert.Equal(new MemberSums(4, 2, 15), probe.Sums);
        Assert.Equal(At((1, 1), (2, 1)), probe.Known);
    }

    [Fact]
    public async Task Who_has_the_newest_denominators_is_given_none()
    {
        Log.Commit(1, Firm(Now, 500));
        var place = await _world.OpenLoadedAsync();
        var first = await place.DenominatorsAsync(Peer.Nation, null);
        Assert.Null(await place.DenominatorsAsync(Peer.Nation, first!.Stamp));
        await place.ReceiveAsync(Log.Commit(1, More(10)));
        _world.Time.Advance(TimeSpan.FromSeconds(10));

        var next = await place.DenominatorsAsync(Peer.Nation, first.Stamp);

        Assert.Equal(260, next!.Open()[new(Measure.Employment, "17", "all", Now)]);
    }

    [Fact]
    public async Task Its_standing_is_told_once_it_is_loaded_and_again_when_it_has_changed()
    {
        Log.Commit(1, Firm(Now, 500));
        var (place, other) = (_world.Open(), _world.Open());
        Assert.Null(await place.StandingAsync(null));
        Assert.Empty(Log.Asked);
        var held = Log.Hold(nameof(PlaceLog.LoadAsync));
        var loading = place.EnsureLoadedAsync();
        var early = place.StandingAsync(null);
        held.SetResult();
        await loading;
        Assert.Null(await early);
        await other.EnsureLoadedAsync();

        var standing = await place.StandingAsync(null);

        Assert.Equal(Suzhou.Place, standing!.Place);
        Assert.Equal(250, CellTable.Decode(standing.Cells)[new(Measure.Employment, "17", "all", Now)]);
        Assert.Null(await place.StandingAsync(standing.Revision));
        Assert.NotEqual(standing.Activation, (await other.StandingAsync(null))!.Activation);
        await place.ReceiveAsync(Log.Commit(1, More(10)));
        var next = await place.StandingAsync(standing.Revision);
        Assert.Equal(260, CellTable.Decode(next!.Cells)[new(Measure.Employment, "17", "all", Now)]);
        Assert.Equal(standing.Activation, next.Activation);
    }

    [Fact]
    public async Task Calls_are_let_in_one_at_a_time()
    {
        var place = await _world.OpenLoadedAsync();
        var first = Log.Commit(1, Firm(Now, 500));
        var held = Log.Hold(nameof(PlaceLog.TryCheckpointAsync));

        var checkpoint = place.CheckpointThroughAsync(Log.Positions);
        var message = place.ReceiveAsync(first);
        var standing = place.StandingAsync(null);
        var floor = place.FloorMovedAsync();

        Assert.False(message.IsCompleted || standing.IsCompleted || floor.IsCompleted);
        held.SetResult();
        Assert.True(await checkpoint);
        Assert.Equal(1, await message);
        Assert.NotNull(await standing);
        await floor;
    }

    private static double? Persons(PlaceHealth health) => health.Figures.Of("employment_persons").Figure.Value;

    private static Dictionary<CellKey, long> Dictionary(CellSums sums)
    {
        var cells = new Dictionary<CellKey, long>();
        foreach (var (key, amount) in sums)
            cells.Add(key, amount);
        return cells;
    }
}
