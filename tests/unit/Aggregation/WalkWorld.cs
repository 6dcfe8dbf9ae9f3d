using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>The store side of the walk: facts are (member → leaf, value), places are the leaves and the root above them.</summary>
internal sealed class WalkStore : ICommitLog
{
    public const int Leaves = 3;
    public const int Members = 12;
    public const string Root = "regions/root";

    private readonly (int Leaf, long Value)[] _facts = new (int, long)[Members];
    private readonly Dictionary<int, long> _writers = [];
    private readonly HashSet<int> _fenced = [];
    private readonly SortedDictionary<(int Writer, long Sequence), Dictionary<string, CellSums>> _log = [];
    private readonly Dictionary<string, (long Version, Dictionary<CellKey, long> Cells, CommitVector Known)> _checkpoints = [];
    private CommitVector _floor = new();

    public static readonly string[] Places = [.. Enumerable.Range(0, Leaves).Select(Leaf), Root];

    private static readonly CellKey Value = new(Measure.Output, "private|CNY", new Month(2026, 1));

    public static string Leaf(int leaf) => $"regions/{leaf}";

    public (int Leaf, long Value) Fact(int member) => _facts[member];

    public IEnumerable<int> Writers => _writers.Keys;

    public void Open(int writer) => _writers.Add(writer, 0);

    public void Fence(int writer) => _fenced.Add(writer);

    public long Recompute(string place) => _facts.Where(f => place == Root || place == Leaf(f.Leaf)).Sum(f => f.Value);

    public static long Total(CellTable cells) => cells[Value];

    /// <summary>One transaction: number, facts, log. Null where the writer is fenced.</summary>
    public (long Sequence, Dictionary<string, CellSums> Sums)? Commit(int writer, int member, int leaf, long value)
    {
        if (_fenced.Contains(writer))
            return null;
        var sequence = ++_writers[writer];
        var before = _facts[member];
        _facts[member] = (leaf, value);
        var sums = new Dictionary<string, CellSums>();
        Add(Leaf(before.Leaf), -before.Value);
        Add(Leaf(leaf), value);
        Add(Root, value - before.Value);
        _log.Add((writer, sequence), sums);
        // The Combiner owns what it is given: a copy, as the payload is in the real store.
        return (sequence, sums.ToDictionary(s => s.Key, s => CellSums.Decode(s.Value.Encode())));

        void Add(string place, long amount)
        {
            if (!sums.TryGetValue(place, out var own))
                sums.Add(place, own = new());
            own.Add(Value, amount);
        }
    }

    public CommitVector Positions() => new(_writers);

    public long Position(int writer) => _writers[writer];

    public string[] Touched(CommitVector positions) =>
        [.. _log.Where(e => e.Key.Sequence <= positions[e.Key.Writer]).SelectMany(e => e.Value.Keys).Distinct().Order()];

    public string[] TouchedBy(int writer) => [.. _log.Where(e => e.Key.Writer == writer).SelectMany(e => e.Value.Keys).Distinct().Order()];

    public void MoveFloor(CommitVector positions)
    {
        _floor = new(positions);
        foreach (var key in _log.Keys.Where(k => k.Sequence <= positions[k.Writer]).ToList())
            _log.Remove(key);
    }

    public ValueTask<PlaceImage> LoadAsync(string place, CancellationToken cancellation)
    {
        var (version, cells, known) = Stored(place);
        var log = _log
            .Where(e => e.Value.ContainsKey(place) && e.Key.Sequence > Math.Max(known[e.Key.Writer], _floor[e.Key.Writer]))
            .Select(e => new LogEntry(e.Key.Writer, e.Key.Sequence, e.Value[place])).ToList();
        return ValueTask.FromResult(new PlaceImage(version, [.. cells], new(known), new(_floor), Positions(), log));
    }

    public ValueTask<MissingCommits> ReadMissingAsync(string place, int writer, long after, long upto, CancellationToken cancellation) =>
        ValueTask.FromResult(new MissingCommits(_floor[writer], [.. _log
            .Where(e => e.Key.Writer == writer && e.Key.Sequence > after && e.Key.Sequence <= upto && e.Value.ContainsKey(place))
            .Select(e => new LogEntry(writer, e.Key.Sequence, e.Value[place]))]));

    public ValueTask<bool> TryCheckpointAsync(string place, PlaceCheckpoint checkpoint, CancellationToken cancellation)
    {
        var (version, cells, _) = Stored(place);
        if (version != checkpoint.ExpectedVersion)
            return ValueTask.FromResult(false);
        var next = new Dictionary<CellKey, long>(cells);
        foreach (var (key, amount) in checkpoint.Dirty)
            next[key] = amount;
        _checkpoints[place] = (version + 1, next, new(checkpoint.Known));
        return ValueTask.FromResult(true);
    }

    public ValueTask<(long Version, CommitVector Floor)> ReadFloorAsync(string place, CancellationToken cancellation) =>
        ValueTask.FromResult((Stored(place).Version, new CommitVector(_floor)));

    private (long Version, Dictionary<CellKey, long> Cells, CommitVector Known) Stored(string place) =>
        _checkpoints.GetValueOrDefault(place, (0, [], new()));
}

/// <summary>A silo's writer with the outboxes that serve it.</summary>
internal sealed class WalkWriter
{
    private readonly WalkStore _store;
    private readonly Dictionary<string, PlaceOutbox> _outboxes = [];

    public WalkWriter(WalkStore store, int id)
    {
        (_store, Id) = (store, id);
        store.Open(id);
    }

    public int Id { get; }

    public bool Commit(Random random)
    {
        var member = random.Next(WalkStore.Members);
        var leaf = random.NextDouble() < .7 ? _store.Fact(member).Leaf : random.Next(WalkStore.Leaves);
        if (_store.Commit(Id, member, leaf, random.Next(100)) is not { } commit)
            return false;
        foreach (var (place, sums) in commit.Sums)
            Outbox(place).Add(commit.Sequence, sums);
        return true;
    }

    public PlaceOutbox Outbox(string place)
    {
        if (!_outboxes.TryGetValue(place, out var outbox))
            _outboxes.Add(place, outbox = new(Id));
        return outbox;
    }
}
