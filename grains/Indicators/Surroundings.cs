using ClusterPulse.Indicators.Clusters;

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
}

/// <summary>What a place is compared with. Null: there is none, as for a nation, or it is not known yet.</summary>
/// <param name="Nation">The nation's sums, as far as anybody compares himself with them.</param>
/// <param name="Parent">Those of the region above.</param>
public sealed record Surroundings(CellView? Nation, CellView? Parent)
{
    /// <summary>Nothing to compare with.</summary>
    public static readonly Surroundings None = new(null, null);

    /// <summary>Clusters of the place that definitions declare or the watch list names.</summary>
    public IReadOnlyList<NamedCluster> NamedClusters { get; init; } = [];

    public CellView? Of(Peer peer) => peer switch
    {
        Peer.Nation => Nation,
        Peer.Parent => Parent,
        _ => null,
    };
}
