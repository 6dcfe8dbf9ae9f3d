using System.Collections.Immutable;
using ClusterPulse.Placement;

namespace ClusterPulse.Clusters;

/// <summary>Definitions of clusters and the watch list. There is one, with key 0; a second activation is harmless, since the store takes
/// a version once.</summary>
[Alias("ClusterPulse.IClusterRegisterGrain")]
public interface IClusterRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>In order of their ids.</summary>
    [Alias("ListDefinitions"), SafeToRepeat]
    Task<ImmutableArray<ClusterDefinition>> ListDefinitionsAsync();

    /// <summary>Makes a definition; its version is not looked at.</summary>
    /// <returns>As stored; null where there is one of that id.</returns>
    [Alias("CreateDefinition")]
    Task<ClusterDefinition?> CreateDefinitionAsync(ClusterDefinition definition, string decidedBy);

    /// <summary>Puts a definition in the place of the one of the same version.</summary>
    /// <returns>As stored; null where there is none of that id and version any more.</returns>
    [Alias("UpdateDefinition")]
    Task<ClusterDefinition?> UpdateDefinitionAsync(ClusterDefinition definition, string decidedBy);

    /// <summary>Takes a definition away.</summary>
    /// <returns>False where there is none of that id and version any more.</returns>
    [Alias("DeleteDefinition")]
    Task<bool> DeleteDefinitionAsync(string id, long version, string decidedBy);

    /// <summary>The watch list, by region.</summary>
    [Alias("ListWatches"), SafeToRepeat]
    Task<ImmutableArray<ClusterWatch>> ListWatchesAsync();

    /// <summary>Adds to the watch list, or takes off it.</summary>
    /// <returns>False where it stood so already.</returns>
    [Alias("Watch")]
    Task<bool> WatchAsync(ClusterWatch watch, bool watched, string decidedBy, string reason);
}
