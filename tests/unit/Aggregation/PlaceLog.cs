using System.Runtime.CompilerServices;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What the store holds of one place. It tells what it was asked, and fails or waits where the test says so.</summary>
internal sealed class PlaceLog : ICommitLog
{
    private readonly SortedDictionary<(int Writer, long Sequence), CellSums?> _log = [];
    private readonly Dictionary<CellKey, long> _cells = [];
    private readonly Dictionary<(string, string, Month), Vintage> _vintages = [];
    private readonly Dictionary<string, Task> _next = new(StringComparer.Ordinal);
    private readonly CommitVector _positions = new();
    private CommitVector _known = new();
    private CommitVector _floor = new();
    private long _version;

    /// <summary>What it was asked, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What each checkpoint brought that was stored.</summary>
    public List<PlaceCheckpoint> Checkpoints { get; } = [];

    public CommitVector Positions => new(_positions);

    public int Times(string asked) => Asked.Count(a => a == asked);

    /// <summary>The next call fails.</summary>
    public void Fail(string call) => _next[call] = Task.FromException(new StoreUnavailableException());

    /// <summary>The next call waits for this.</summary>
    public TaskCompletionSource Hold(string call)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _next[call] = held.Task;
        return held;
    }

    /// <summary>A commit, and what a Combiner would tell of it.</summary>
    public DeltaMessage Commit(int writer, CellTable cells)
    {
        var sequence = ++_positions[writer];
        _log.Add((writer, sequence), CellSums.Decode(cells.Encode()));
        return new(writer, sequence - 1, sequence, CellSums.Decode(cells.Encode()));
    }

    /// <summary>A commit that concerns other places only.</summary>
    public void CommitElsewhere(int writer) => _log.Add((writer, ++_positions[writer]), null);

    public void MoveFloor()
    {
        _floor = Positions;
        _log.Clear();
    }

    public async ValueTask<PlaceImage> LoadAsync(string place, CancellationToken cancellation)
    {
        // As of now, however long the answer takes.
        var log = Entries(e => e.Sequence > Math.Max(_known[e.Writer], _floor[e.Writer])).ToList();
        var image = new PlaceImage(_version, [.. _cells], new(_known), new(_floor), Positions, log);
        await AskedAsync();
        return image;
    }

    public async ValueTask<MissingCommits> ReadMissingAsync(string place, int writer, long after, long upto, CancellationToken cancellation)
    {
        await AskedAsync();
        return new(_floor[writer], [.. Entries(e => e.Writer == writer && e.Sequence > after && e.Sequence <= upto)]);
    }

    public async ValueTask<bool> TryCheckpointAsync(string place, PlaceCheckpoint checkpoint, CancellationToken cancellation)
    {
        await AskedAsync();
        if (_version != checkpoint.ExpectedVersion)
            return false;
        _version++;
        _known = new(checkpoint.Known);
        foreach (var (key, amount) in checkpoint.Dirty)
            _cells[key] = amount;
        foreach (var vintage in checkpoint.Vintages)
            _vintages[(vintage.Indicator, vintage.Labels, vintage.Period)] = vintage;
        Checkpoints.Add(checkpoint);
        return true;
    }

    public async ValueTask<(long Version, CommitVector Floor)> ReadFloorAsync(string place, CancellationToken cancellation)
    {
        await AskedAsync();
        return (_version, new(_floor));
    }

    public async Task<CommitVector> ReadPositionsAsync()
    {
        await AskedAsync();
        return Positions;
    }

    public async Task<IReadOnlyList<Vintage>> LoadNewestVintagesAsync()
    {
        await AskedAsync();
        return [.. _vintages.Values];
    }

    private IEnumerable<LogEntry> Entries(Func<(int Writer, long Sequence), bool> which) =>
        _log.Where(e => e.Value is not null && which(e.Key)).Select(e => new LogEntry(e.Key.Writer, e.Key.Sequence, e.Value!));

    private Task AskedAsync([CallerMemberName] string call = "")
    {
        Asked.Add(call);
        return _next.Remove(call, out var next) ? next : Task.CompletedTask;
    }
}
