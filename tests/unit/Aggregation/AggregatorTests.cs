using ClusterPulse.Aggregation;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>The rules of exactly-once one by one; that they hold together is what <see cref="CommitLogWalkTests"/> walks for.</summary>
public sealed class AggregatorTests
{
    private const int Writer = 1;

    private readonly WalkStore _store = new();
    private readonly Aggregator _place;

    public AggregatorTests()
    {
        _store.Open(Writer);
        _place = new(WalkStore.Leaf(0), _store);
    }

    [Fact]
    public async Task What_follows_on_what_is_known_is_added()
    {
        await _place.LoadAsync(default);
        var revision = _place.Revision;
        var message = Committed(7);

        Assert.Equal(Reception.Applied, await _place.ReceiveAsync(message, default));

        Assert.Equal((7L, 1L), (WalkStore.Total(_place.Cells), _place.Known(Writer)));
        Assert.Equal(1, _place.DirtyCells);
        Assert.True(_place.Revision > revision);
    }

    [Fact]
    public async Task What_is_known_to_its_last_commit_is_a_duplicate()
    {
        await _place.LoadAsync(default);
        var message = Committed(7);
        await _place.ReceiveAsync(message, default);
        var revision = _place.Revision;

        Assert.Equal(Reception.Duplicate, await _place.ReceiveAsync(message, default));

        Assert.Equal((7L, revision), (WalkStore.Total(_place.Cells), _place.Revision));
    }

    [Fact]
    public async Task A_message_after_a_gap_brings_what_is_between_from_the_log()
    {
        await _place.LoadAsync(default);
        _ = Committed(7);
        var second = Committed(5, member: 1);

        Assert.Equal(Reception.CaughtUp, await _place.ReceiveAsync(second, default));

        Assert.Equal((12L, 2L), (WalkStore.Total(_place.Cells), _place.Known(Writer)));
    }

    [Fact]
    public async Task A_load_takes_the_log_once_and_is_a_revision()
    {
        _ = Committed(7);
        await _place.LoadAsync(default);
        var (revision, dirty) = (_place.Revision, _place.DirtyCells);

        await _place.LoadAsync(default);

        Assert.Equal((7L, 1L), (WalkStore.Total(_place.Cells), _place.Known(Writer)));
        Assert.Equal((1, 1), (dirty, _place.DirtyCells));
        Assert.True(_place.Revision > revision);
    }

    [Fact]
    public async Task A_load_forgets_what_was_changed_before_it()
    {
        await _place.LoadAsync(default);
        await _place.ReceiveAsync(Committed(7), default);
        var other = new Aggregator(WalkStore.Leaf(0), _store);
        await other.LoadAsync(default);
        Assert.True(await other.CheckpointThroughAsync(_store.Positions(), _ => [], default));

        await _place.LoadAsync(default);

        Assert.Equal((7L, 0), (WalkStore.Total(_place.Cells), _place.DirtyCells));
    }

    [Fact]
    public async Task An_activation_stores_again_and_again_and_each_time_only_what_changed()
    {
        await _place.LoadAsync(default);
        foreach (var value in (long[])[7, 5, 9])
        {
            await _place.ReceiveAsync(Committed(value), default);
            Assert.Equal(1, _place.DirtyCells);
            Assert.True(await _place.CheckpointThroughAsync(_store.Positions(), _ => [], default));
            Assert.Equal(0, _place.DirtyCells);
        }
        Assert.Equal(3, (await _store.ReadFloorAsync(WalkStore.Leaf(0), default)).Version);
    }

    [Fact]
    public async Task A_checkpoint_reads_the_log_up_to_its_positions()
    {
        await _place.LoadAsync(default);
        _ = Committed(7);

        Assert.True(await _place.CheckpointThroughAsync(_store.Positions(), _ => [], default));

        var stored = await _store.LoadAsync(WalkStore.Leaf(0), default);
        Assert.Equal((7L, 1L), (stored.Cells.Single().Value, stored.Known[Writer]));
    }

    [Fact]
    public async Task One_that_was_overtaken_loads_when_the_floor_moves()
    {
        await _place.LoadAsync(default);
        _ = Committed(7);
        await StoreByAnotherAsync();

        await _place.FloorMovedAsync(default);

        Assert.Equal((7L, 1L), (WalkStore.Total(_place.Cells), _place.Known(Writer)));
    }

    [Fact]
    public async Task One_that_was_not_counts_as_caught_up_to_the_floor()
    {
        await _place.LoadAsync(default);
        // Commits that concern others only, so that there is nothing to store here.
        _store.Commit(Writer, 0, 1, 3);
        _store.MoveFloor(_store.Positions());

        await _place.FloorMovedAsync(default);

        Assert.Equal(1, _place.Known(Writer));
        Assert.Equal(Reception.Applied, await _place.ReceiveAsync(Committed(5, member: 1), default));
        Assert.Equal(5, WalkStore.Total(_place.Cells));
    }

    [Fact]
    public async Task Where_the_log_was_trimmed_the_checkpoint_is_loaded_and_the_rest_comes_from_the_log()
    {
        await _place.LoadAsync(default);
        _ = Committed(7);
        await StoreByAnotherAsync();
        var last = Committed(5, member: 1);

        await _place.CatchUpAsync(Writer, last.Upto, default);

        Assert.Equal((12L, 2L), (WalkStore.Total(_place.Cells), _place.Known(Writer)));
    }

    [Fact]
    public async Task Catching_up_to_what_is_known_reads_nothing()
    {
        await _place.LoadAsync(default);
        await _place.ReceiveAsync(Committed(7), default);
        var revision = _place.Revision;

        await _place.CatchUpAsync(Writer, 1, default);

        Assert.Equal((7L, revision), (WalkStore.Total(_place.Cells), _place.Revision));
    }

    private async Task StoreByAnotherAsync()
    {
        var other = new Aggregator(WalkStore.Leaf(0), _store);
        await other.LoadAsync(default);
        Assert.True(await other.CheckpointThroughAsync(_store.Positions(), _ => [], default));
        _store.MoveFloor(_store.Positions());
    }

    private DeltaMessage Committed(long value, int member = 0)
    {
        var (sequence, sums) = _store.Commit(Writer, member, 0, value)!.Value;
        return new(Writer, sequence - 1, sequence, sums[WalkStore.Leaf(0)]);
    }
}
