using System.Collections.Frozen;
using System.Collections.Immutable;
using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.Clusters;

/// <summary>What definitions and the watch list name, by region.</summary>
public sealed class ClusterRegister
{
    public static readonly ClusterRegister Empty = new([], []);

    private readonly FrozenDictionary<string, ImmutableArray<NamedCluster>> _named;
    private readonly FrozenSet<string> _regions;

    public ClusterRegister(IEnumerable<ClusterDefinition> definitions, IEnumerable<ClusterWatch> watches)
    {
        Definitions = definitions.ToImmutableSortedDictionary(d => d.Id, d => d, StringComparer.Ordinal);
        Watches = [.. watches.OrderBy(w => w.Region, StringComparer.Ordinal).ThenBy(w => w.Cluster, StringComparer.Ordinal)];
        _regions = Watches.Select(w => w.Region).ToFrozenSet(StringComparer.Ordinal);
        var declared = Definitions.Values.SelectMany(d => d.Regions.Select(r => (Region: r, Cluster: Named(d))));
        var watched = Watches.Where(w => w.Cluster.Length > 0).Select(w => (w.Region, Cluster: Find(w.Cluster))).Where(w => w.Cluster is not null);
        _named = declared.Concat(watched!).GroupBy(n => n.Region, StringComparer.Ordinal).ToFrozenDictionary(
            n => n.Key,
            n => n.Select(c => c.Cluster!).DistinctBy(c => c.Label).OrderBy(c => c.Label, StringComparer.Ordinal).ToImmutableArray(),
            StringComparer.Ordinal);
    }

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, ClusterDefinition> Definitions { get; }

    /// <summary>The watch list, by region.</summary>
    public ImmutableArray<ClusterWatch> Watches { get; }

    /// <summary>Clusters that are named for a region, in order of their labels.</summary>
    /// <param name="region">Its code.</param>
    public ImmutableArray<NamedCluster> Of(string region) => _named.GetValueOrDefault(region, []);

    /// <summary>Whether the region, or any cluster of it, is on the watch list.</summary>
    public bool IsWatched(string region) => _regions.Contains(region);

    /// <summary>A definition by its id, or an industry by its code; null where the id is not known (any more).</summary>
    public NamedCluster? Find(string label) =>
        Definitions.TryGetValue(label, out var definition) ? Named(definition)
        : NamedCluster.IsIndustry(label) ? NamedCluster.OfIndustry(label)
        : null;

    /// <summary>Whether it says the same.</summary>
    public bool SameAs(ClusterRegister other) =>
        Definitions.Count == other.Definitions.Count && Watches.AsSpan().SequenceEqual(other.Watches.AsSpan())
        && Definitions.Values.All(d => other.Definitions.TryGetValue(d.Id, out var same) && same.Version == d.Version);

    private static NamedCluster Named(ClusterDefinition definition) => new(definition.Id, definition.Industries);
}
