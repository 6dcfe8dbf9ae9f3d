using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What an aggregator asks of the store, that it never falls behind what it knows, and what its readers are told has changed.</summary>
public sealed class AggregatorReadsTests
{
    private const string Place = "regions/3205";
    private static readonly CellKey Output = new(Measure.Output, "private|CNY", new(2004, 5));

    private readonly PlaceLog _log = new();
    private readonly Aggregator _place;

    public AggregatorReadsTests() => _place = new(Place, _log);

    [Fact]
    public async Task Nothing_is_read_of_what_is_known_and_it_stays_known()
    {
        _log.Commit(1, Made(7));
        var second = _log.Commit(1, Made(5));
        await _place.LoadAsync();
        _log.Asked.Clear();

        await _place.CatchUpAsync(1, 2);
        await _place.CatchUpAsync(1, 1);

        Assert.Empty(_log.Asked);
        Assert.Equal(Reception.Duplicate, await _place.ReceiveAsync(second));
        Assert.Equal(12, _place.Cells[Output]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Where_the_log_was_trimmed_what_is_loaded_is_known_however_far_it_was_to_catch_up(long upto)
    {
        await _place.LoadAsync();
        _log.Commit(1, Made(7));
        var other = new Aggregator(Place, _log);
        await other.LoadAsync();
        Assert.True(await other.CheckpointThroughAsync(_log.Positions, _ => []));
        _log.MoveFloor();
        _log.Commit(1, Made(5));
        var last = _log.Commit(1, Made(9));
        _log.Asked.Clear();

        await _place.CatchUpAsync(1, upto);

        Assert.Equal([nameof(PlaceLog.ReadMissingAsync), nameof(PlaceLog.LoadAsync)], _log.Asked);
        Assert.Equal(Reception.Duplicate, await _place.ReceiveAsync(last));
        Assert.Equal(21, _place.Cells[Output]);
    }

    /// <summary>A store may give more of its log than was asked for, and need not know a writer any more whose commits are below the floor.</summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    public async Task What_the_checkpoint_or_the_floor_has_is_not_taken_from_the_log_too(long known, long floor)
    {
        var image = new PlaceImage(1, [new(Output, 12)], At(known), At(floor), new(), [new(1, 1, Sums(7)), new(1, 2, Sums(5)), new(1, 3, Sums(9))]);
        var place = new Aggregator(Place, Answering.As<ICommitLog>((_, _) => new ValueTask<PlaceImage>(image)));

        await place.LoadAsync();

        Assert.Equal(21, place.Cells[Output]);
        Assert.Equal(2, place.Known(1));

        static CommitVector At(long sequence) => new() { [1] = sequence };
    }

    [Fact]
    public async Task All_cells_that_changed_are_stored_each_with_its_amount()
    {
        await _place.LoadAsync();
        _log.Commit(1, Made(7).Put(Measure.Export, "private|CNY", Output.Period, 3).Put(Measure.Active, "private", Output.Period, 1));

        Assert.True(await _place.CheckpointThroughAsync(_log.Positions, _ => []));

        Assert.Equal(
            new Dictionary<CellKey, long>
            {
                [Output] = 7,
                [new(Measure.Export, "private|CNY", Output.Period)] = 3,
                [new(Measure.Active, "private", Output.Period)] = 1,
            },
            _log.Checkpoints.Single().Dirty.ToDictionary());
    }

    [Fact]
    public async Task A_load_is_a_change_of_all_months_though_the_log_brings_nothing()
    {
        await _place.LoadAsync();
        var mark = _place.Mark();
        mark.Clear();
        var revision = _place.Revision;

        await _place.LoadAsync();

        Assert.True(_place.Revision > revision);
        Assert.Equal(Month.Earliest, mark.From);
    }

    [Fact]
    public async Task Each_reader_is_told_the_earliest_month_that_has_changed_since_it_looked()
    {
        await _place.LoadAsync();
        var (one, other) = (_place.Mark(), _place.Mark());
        Assert.Equal(Month.Earliest, one.From);
        one.Clear();
        Assert.Null(one.From);

        await ReceiveAsync(Made(7).With(new(Output.Measure, Output.Industry, Output.Dimension, Output.Period + 2), 1));
        Assert.Equal(Output.Period, one.From);
        await ReceiveAsync(new CellTable().With(new(Output.Measure, Output.Industry, Output.Dimension, Output.Period + 1), 1));
        Assert.Equal(Output.Period, one.From);
        one.Clear();
        await ReceiveAsync(LivePlaceWorld.Member(1, 2, 3).With(new(Output.Measure, Output.Industry, Output.Dimension, Output.Period + 3), 1));

        // Members are of no month.
        Assert.Equal(Output.Period + 3, one.From);
        Assert.Equal(Month.Earliest, other.From);

        async Task ReceiveAsync(CellTable cells) => Assert.Equal(Reception.Applied, await _place.ReceiveAsync(_log.Commit(1, cells)));
    }

    private static CellTable Made(long amount) => new CellTable().With(Output, amount);

    private static CellSums Sums(long amount) => CellSums.Decode(Made(amount).Encode());
}
