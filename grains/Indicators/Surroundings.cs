namespace ClusterPulse.Indicators;

/// <summary>Whose figures a place is compared with.</summary>
public enum Peer : byte
{
    /// <summary>Nobody's: its own cells suffice.</summary>
    None = 0,

    /// <summary>The nation's that it lies in, itself included.</summary>
    Nation = 1,

    /// <summary>Those of the region above it. Estates have none: they add to nothing.</summary>
    Parent = 2,

    /// <summary>Those of the regions of its rival set, itself included.</summary>
    Rivals = 3,
}

/// <summary>What a place is compared with. Null: there is none, as for a nation, or it is not known yet.</summary>
/// <param name="Nation">The nation's sums, as far as anybody compares himself with them.</param>
/// <param name="Parent">Those of the region above.</param>
public sealed record Surroundings(CellView? Nation, CellView? Parent)
{
    /// <summary>Nothing to compare with.</summary>
    public static readonly Surroundings None = new(null, null);

    /// <summary>Its rivals; null where it has none, or where they are not known yet.</summary>
    public Rivals? Rivals { get; init; }

    /// <summary>All that must have a month complete; empty where there is nobody.</summary>
    public IReadOnlyList<CellView> Of(Peer peer) => peer switch
    {
        Peer.Nation when Nation is not null => [Nation],
        Peer.Parent when Parent is not null => [Parent],
        Peer.Rivals when Rivals is not null => Rivals.Regions,
        _ => [],
    };
}
