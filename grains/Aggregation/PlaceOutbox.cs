namespace ClusterPulse.Aggregation;

/// <summary>What a Combiner tells a place: the sums of a writer's commits in (<see cref="After"/>, <see cref="Upto"/>].</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.DeltaMessage")]
public sealed record DeltaMessage(
    [property: Id(0)] int Writer,
    [property: Id(1)] long After,
    [property: Id(2)] long Upto,
    [property: Id(3)] CellSums Sums);

/// <summary>
/// What one writer still has to tell one place. One message is under way at a time; what is committed meanwhile is merged
/// into the next, so memory is bounded by the number of cells and nothing is dropped.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class PlaceOutbox(int writer)
{
    private DeltaMessage? _underWay;
    private CellSums? _queued;
    private long _queuedAfter;
    private long _queuedUpto;
    private long _told;

    /// <summary>Adds a commit. Sequences ascend.</summary>
    public void Add(long sequence, CellSums sums)
    {
        if (_queued is null)
        {
            _queued = sums;
            // Exactly what the sums hold: from the end of the message under way, or from what the place knows; that may be
            // more than was ever queued here, since the place reads the log too.
            _queuedAfter = Math.Min(Math.Max(_told, _underWay?.Upto ?? 0), sequence - 1);
        }
        else
        {
            _queued.Add(sums);
        }
        _queuedUpto = sequence;
    }

    /// <summary>The message to send now: the one under way again until it is answered, else all that waits.</summary>
    public DeltaMessage? Next()
    {
        if (_underWay is null && _queued is not null)
        {
            _underWay = new(writer, _queuedAfter, _queuedUpto, _queued);
            _queued = null;
        }
        return _underWay;
    }

    /// <summary>The place knows this writer up to here.</summary>
    public void Answered(long known)
    {
        _told = Math.Max(_told, known);
        if (_underWay is not null && _underWay.Upto <= _told)
            _underWay = null;
        if (_queued is not null && _queuedUpto <= _told)
            _queued = null;
    }
}
