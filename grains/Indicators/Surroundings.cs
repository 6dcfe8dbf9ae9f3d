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

    /// <summary>Those of all regions of its level in the nation. Towns and estates have none.</summary>
    Standings = 3,

    /// <summary>Those of the regions of its rival set, itself included.</summary>
    Rivals = 4,
}

/// <summary>What a place is compared with. Null: there is none, as for a nation, or it is not known yet.</summary>
/// <param name="Nation">The nation's sums, as far as anybody compares himself with them.</param>
/// <param name="Parent">Those of the region above.</param>
public sealed record Surroundings(CellView? Nation, CellView? Parent)
{
    /// <summary>Nothing to compare with.</summary>
    public static readonly Surroundings None = new(null, null);

    /// <summary>Where it stands among the regions of its level; null where it has none, or they are not known yet.</summary>
    public StandingsView? Standings { get; init; }

    /// <summary>Its rivals; null where it has none, or where they are not known yet.</summary>
    public Rivals? Rivals { get; init; }

    /// <summary>Clusters of the place that definitions declare or the watch list names.</summary>
    public IReadOnlyList<NamedCluster> NamedClusters { get; init; } = [];

    /// <summary>All that must have a month complete; empty where there is nobody.</summary>
    public IReadOnlyList<CellView> Of(Peer peer) => peer switch
    {
        Peer.Nation when Nation is not null => [Nation],
        Peer.Parent when Parent is not null => [Parent],
        // The months of the nation as the standings have it: what is newer has no standings yet.
        Peer.Standings when Standings?.Nation is { } nation => [nation],
        Peer.Rivals when Rivals is not null => Rivals.Regions,
        _ => [],
    };
}
