using System.Collections.Concurrent;
using ClusterPulse.Aggregation;
using ClusterPulse.Reference;

namespace ClusterPulse.Registry;

/// <summary>The region tree and the registered estates.</summary>
/// <param name="reference">The tree.</param>
/// <param name="estateRegion">The region that an estate lies in; null where it is not registered.</param>
public sealed class Geography(ReferenceData reference, Func<string, string?> estateRegion) : IGeography
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _paths = new(StringComparer.Ordinal);

    public string? Locality(string region) =>
        reference.Regions.TryGet(region, out var found) ? found.Locality : null;

    public int Level(string region) => reference.Regions.TryGet(region, out var found) ? 1 + (int)found.Level : 0;

    public string? EstateRegion(string estate) => estateRegion(estate);

    public IReadOnlyList<string> Path(string place) => _paths.GetOrAdd(place, MakePath);

    private IReadOnlyList<string> MakePath(string place) =>
        Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var region)
            ? [.. region.Path.Select(r => Places.Region(r.Code))]
            : [place];
}
