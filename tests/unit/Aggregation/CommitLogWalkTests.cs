using ClusterPulse.Aggregation;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>
/// A random walk that tries to break exactly-once: late duplicates, lost answers, reordering, writers that die before or after
/// handing over, zombies, crashes of regions, duplicate activations, checkpoint cycles that stop half way. At the end every
/// place equals the facts, exactly.
/// </summary>
public sealed class CommitLogWalkTests
{
#if MUTATION
    private const int Steps = 300;
    private const int Seeds = 20;
    private const int Least = 10;
#else
    private const int Steps = 1_500;
    private const int Seeds = 400;
    private const int Least = 1_000;
#endif

    [Fact]
    public async Task Every_place_equals_the_facts_after_any_walk_of_faults()
    {
        var seen = new Dictionary<Reception, int>();
        for (var seed = 0; seed < Seeds; seed++)
            await new Walk(seed, seen).RunAsync();
        // The walk is worth nothing where it does not meet the cases.
        Assert.True(seen[Reception.Duplicate] > Least);
        Assert.True(seen[Reception.Applied] > Least);
        Assert.True(seen[Reception.CaughtUp] > Least);
    }

    [Fact]
    public async Task A_message_that_straddles_what_is_known_counts_once()
    {
        var store = new WalkStore();
        var writer = new WalkWriter(store, 1);
        var first = store.Commit(1, 0, 0, 10)!.Value;
        var place = new Aggregator(WalkStore.Leaf(0), store);
        await place.LoadAsync(TestContext.Current.CancellationToken);
        var second = store.Commit(1, 1, 0, 5)!.Value;
        var both = first.Sums[WalkStore.Leaf(0)];
        both.Add(second.Sums[WalkStore.Leaf(0)]);

        var reception = await place.ReceiveAsync(new(writer.Id, 0, 2, both), TestContext.Current.CancellationToken);

        Assert.Equal(Reception.CaughtUp, reception);
        Assert.Equal(15, WalkStore.Total(place.Cells));
    }

    [Fact]
    public async Task An_activation_that_another_has_overtaken_stores_nothing_and_loads_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var store = new WalkStore();
        store.Open(1);
        var place = WalkStore.Leaf(0);
        var (one, other) = (new Aggregator(place, store), new Aggregator(place, store));
        await one.LoadAsync(cancellation);
        await other.LoadAsync(cancellation);
        store.Commit(1, 0, 0, 7);
        Assert.True(await one.CheckpointThroughAsync(store.Positions(), _ => [], cancellation));

        Assert.False(await other.CheckpointThroughAsync(store.Positions(), _ => [], cancellation));

        Assert.Equal(7, WalkStore.Total(other.Cells));
    }

    private sealed class Walk(int seed, Dictionary<Reception, int> seen)
    {
        private readonly Random _random = new(seed);
        private readonly WalkStore _store = new();
        private readonly Dictionary<string, List<Aggregator>> _activations = WalkStore.Places.ToDictionary(p => p, _ => new List<Aggregator>());
        private readonly List<WalkWriter> _live = [];
        private readonly List<WalkWriter> _dead = [];
        private readonly List<WalkWriter> _zombies = [];
        private readonly List<(string Place, DeltaMessage Message)> _network = [];
        private int _writers;

        public async Task RunAsync()
        {
            for (var i = 0; i < 3; i++)
                Start();
            foreach (var place in WalkStore.Places)
                await AddActivationAsync(place);
            for (var step = 0; step < Steps; step++)
                await StepAsync();
            await SettleAsync();
            foreach (var place in WalkStore.Places)
                Assert.True(WalkStore.Total((await OneAsync(place)).Cells) == _store.Recompute(place), $"seed {seed}, {place}");
        }

        private async Task StepAsync()
        {
            switch (_random.NextDouble())
            {
                case < .40:
                    Pick(_live).Commit(_random);
                    break;
                case < .70:
                    await FlushAsync(Pick(_live), Pick(WalkStore.Places), certain: false);
                    break;
                case < .76 when _network.Count > 0:
                    var late = Take(_network, _random.Next(_network.Count));
                    await ReceiveAsync(late.Place, late.Message);
                    break;
                case < .80:
                    _activations[Pick(WalkStore.Places)].Clear();
                    break;
                case < .83:
                    await AddActivationAsync(Pick(WalkStore.Places));
                    break;
                case < .86:
                    var survivors = _activations[Pick(WalkStore.Places)];
                    if (survivors.Count > 1)
                        survivors.RemoveRange(1, survivors.Count - 1);
                    break;
                case < .89 when _dead.Count > 0:
                    await BuryAsync(Take(_dead, 0));
                    break;
                case < .91 when _zombies.Count > 0:
                    Pick(_zombies).Commit(_random);
                    break;
                case < .93:
                    var died = Take(_live, _random.Next(_live.Count));
                    _dead.Add(died);
                    if (_random.NextDouble() < .4)
                        _zombies.Add(died);
                    Start();
                    break;
                case < .97:
                    await CycleAsync(certain: false);
                    break;
            }
        }

        private async Task SettleAsync()
        {
            foreach (var writer in _dead)
                await BuryAsync(writer);
            foreach (var (place, message) in _network)
                await ReceiveAsync(place, message);
            foreach (var writer in _live)
            {
                foreach (var place in WalkStore.Places)
                    await FlushAsync(writer, place, certain: true);
            }
            foreach (var zombie in _zombies)
                Assert.False(zombie.Commit(_random), "a zombie committed");
            foreach (var place in WalkStore.Places)
            {
                if (_activations[place] is { Count: > 0 } many)
                    _activations[place] = [Pick(many)];
            }
            await CycleAsync(certain: true);
        }

        private void Start() => _live.Add(new(_store, _writers++));

        private async Task<Aggregator> OneAsync(string place)
        {
            if (_activations[place].Count == 0)
                await AddActivationAsync(place);
            return Pick(_activations[place]);
        }

        private async Task AddActivationAsync(string place)
        {
            var activation = new Aggregator(place, _store);
            await activation.LoadAsync();
            _activations[place].Add(activation);
        }

        private async Task<long> ReceiveAsync(string place, DeltaMessage message)
        {
            var one = await OneAsync(place);
            var reception = await one.ReceiveAsync(message);
            seen[reception] = seen.GetValueOrDefault(reception) + 1;
            return one.Known(message.Writer);
        }

        private async Task FlushAsync(WalkWriter writer, string place, bool certain)
        {
            var outbox = writer.Outbox(place);
            while (outbox.Next() is { } message)
            {
                if (_random.NextDouble() < .2)
                    _network.Add((place, message));
                if (!certain && _random.NextDouble() < .1)
                {
                    _network.Add((place, message));
                    return;
                }
                var known = await ReceiveAsync(place, message);
                if (!certain && _random.NextDouble() < .2)
                    return; // the answer is lost
                outbox.Answered(known);
            }
        }

        private async Task BuryAsync(WalkWriter writer)
        {
            _store.Fence(writer.Id);
            foreach (var place in _store.TouchedBy(writer.Id))
                await (await OneAsync(place)).CatchUpAsync(writer.Id, _store.Position(writer.Id));
        }

        private async Task CycleAsync(bool certain)
        {
            var positions = _store.Positions();
            foreach (var place in _store.Touched(positions))
            {
                var one = await OneAsync(place);
                var stored = await one.CheckpointThroughAsync(positions, _ => []) || (certain && await one.CheckpointThroughAsync(positions, _ => []));
                if (!stored || (!certain && _random.NextDouble() < .1))
                    return;
            }
            _store.MoveFloor(positions);
            foreach (var activation in _activations.Values.SelectMany(a => a))
            {
                if (certain || _random.NextDouble() < .9)
                    await activation.FloorMovedAsync();
            }
        }

        private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

        private static T Take<T>(List<T> from, int at)
        {
            var item = from[at];
            from.RemoveAt(at);
            return item;
        }
    }
}
