namespace ClusterPulse.Aggregation;

/// <summary>How far each writer's commits are known: writer → sequence. A writer that is not named stands at 0.</summary>
public sealed class CommitVector
{
    private readonly Dictionary<int, long> _positions = [];

    public CommitVector()
    {
    }

    public CommitVector(CommitVector other) => _positions = new(other._positions);

    public CommitVector(IReadOnlyDictionary<int, long> positions) => _positions = new(positions);

    public IReadOnlyDictionary<int, long> Positions => _positions;

    public long this[int writer]
    {
        get => _positions.GetValueOrDefault(writer);
        set => _positions[writer] = value;
    }

    /// <summary>The greater of both, writer by writer.</summary>
    public void RaiseTo(CommitVector other)
    {
        foreach (var (writer, sequence) in other._positions)
            this[writer] = Math.Max(this[writer], sequence);
    }
}
