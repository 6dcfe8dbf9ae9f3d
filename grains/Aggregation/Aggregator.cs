using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Aggregation;

/// <summary>How a message from a Combiner was taken.</summary>
public enum Reception
{
    /// <summary>All of it was known.</summary>
    Duplicate,

    /// <summary>It followed on what was known.</summary>
    Applied,

    /// <summary>Part of it was known, or something before it was not: the log was read instead.</summary>
    CaughtUp,
}

/// <summary>
/// The cells of one place, exactly once by commit sequence, for regions of every level and for estates alike.
/// Messages may come late, twice, merged or in any order, from any activation to any activation: a commit counts once
/// because <c>known[writer]</c> says how far this copy has it, and the log has what is missing.
/// </summary>
/// <remarks>Not thread-safe: its owner lets one call in at a time. <c>CommitLogWalkTests</c> drives it through every fault
/// the design names.</remarks>
public sealed class Aggregator(string place, ICommitLog log)
{
    private readonly HashSet<CellKey> _dirty = [];
    private readonly List<ChangeMark> _marks = [];
    private CommitVector _known = new();
    private long _version;

    /// <summary>The place.</summary>
    public string Place => place;

    /// <summary>Its cells now.</summary>
    public CellTable Cells { get; private set; } = new(Places.IsEstate(place));

    /// <summary>Goes up with each change of <see cref="Cells"/>.</summary>
    public long Revision { get; private set; }

    /// <summary>How far all writers' commits are in.</summary>
    public IReadOnlyDictionary<int, long> KnownPositions => _known.Positions;

    /// <summary>How far a writer's commits are in.</summary>
    public long Known(int writer) => _known[writer];

    /// <summary>Cells changed since the last checkpoint.</summary>
    public int DirtyCells => _dirty.Count;

    /// <summary>A mark for a reader of <see cref="Cells"/>, who has seen nothing yet.</summary>
    public ChangeMark Mark()
    {
        var mark = new ChangeMark();
        _marks.Add(mark);
        return mark;
    }

    /// <summary>Starts, or starts again, from the stored checkpoint and the log.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellation = default)
    {
        var image = await log.LoadAsync(place, cancellation);
        Cells = new(Places.IsEstate(place));
        _dirty.Clear();
        foreach (var (key, amount) in image.Cells)
            Cells.Add(key, amount);
        _version = image.Version;
        _known = new(image.Known);
        _known.RaiseTo(image.Floor);
        foreach (var entry in image.Log)
        {
            if (entry.Sequence > _known[entry.Writer])
                Apply(entry.Sums);
        }
        _known.RaiseTo(image.Positions);
        Changed(Month.Earliest);
    }

    /// <summary>Takes what a Combiner sends.</summary>
    /// <returns>How it was taken; <see cref="Known(int)"/> tells the sender what it need not send again.</returns>
    public async ValueTask<Reception> ReceiveAsync(DeltaMessage message, CancellationToken cancellation = default)
    {
        var known = _known[message.Writer];
        if (message.Upto <= known)
            return Reception.Duplicate;
        if (message.After == known)
        {
            Apply(message.Sums);
            _known[message.Writer] = message.Upto;
            return Reception.Applied;
        }
        await CatchUpAsync(message.Writer, message.Upto, cancellation);
        return Reception.CaughtUp;
    }

    /// <summary>Takes from the log what a writer committed up to a sequence.</summary>
    public async ValueTask CatchUpAsync(int writer, long upto, CancellationToken cancellation = default)
    {
        if (_known[writer] >= upto)
            return;
        var missing = await log.ReadMissingAsync(place, writer, _known[writer], upto, cancellation);
        if (_known[writer] < missing.Floor)
        {
            // The log was trimmed beyond what this activation has seen: another one has written the checkpoint.
            await LoadAsync(cancellation);
            if (_known[writer] >= upto)
                return;
            missing = await log.ReadMissingAsync(place, writer, _known[writer], upto, cancellation);
        }
        foreach (var entry in missing.Entries)
            Apply(entry.Sums);
        _known[writer] = upto;
    }

    /// <summary>Catches up to the given positions and stores what changed.</summary>
    /// <returns>False where another activation had stored first: this one has loaded again, nothing was stored.</returns>
    public async ValueTask<bool> CheckpointThroughAsync(
        CommitVector positions, Func<CellTable, IReadOnlyList<Vintage>> settle, CancellationToken cancellation = default)
    {
        foreach (var (writer, sequence) in positions.Positions)
            await CatchUpAsync(writer, sequence, cancellation);
        var dirty = new KeyValuePair<CellKey, long>[_dirty.Count];
        var count = 0;
        foreach (var key in _dirty)
            dirty[count++] = new(key, Cells[key]);
        // The vector goes on while the store is busy: what is stored must be that of these cells.
        if (!await log.TryCheckpointAsync(place, new(_version, dirty, new(_known), settle(Cells)), cancellation))
        {
            await LoadAsync(cancellation);
            return false;
        }
        _version++;
        _dirty.Clear();
        return true;
    }

    /// <summary>Told to every activation once a cycle has moved the floor: one that another has overtaken loads again, the rest
    /// count as caught up to the floor.</summary>
    public async ValueTask FloorMovedAsync(CancellationToken cancellation = default)
    {
        var (version, floor) = await log.ReadFloorAsync(place, cancellation);
        if (version != _version)
            await LoadAsync(cancellation);
        _known.RaiseTo(floor);
    }

    private void Apply(CellSums sums)
    {
        var from = new Month(int.MaxValue);
        foreach (var (key, amount) in sums)
        {
            Cells.Add(key, amount);
            _dirty.Add(key);
            // Members are of no month, and no figure is made of them.
            if (key.Period < from && key.Measure is not (Measure.Members or Measure.MemberHash))
                from = key.Period;
        }
        Changed(from);
    }

    private void Changed(Month from)
    {
        Revision++;
        foreach (var mark in _marks)
            mark.Lower(from);
    }
}
