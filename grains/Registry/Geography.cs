using System.Collections.Concurrent;
using ClusterPulse.Aggregation;
using ClusterPulse.Reference;

namespace ClusterPulse.Registry;

/// <summary>The region tree and the registered estates.</summary>
public sealed class Geography(ReferenceData reference, SharedTablesSource tables) : IGeography
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _paths = new(StringComparer.Ordinal);

    public string? Locality(string region) =>
        reference.Regions.TryGet(region, out var found) ? found.Locality : null;

    public string? EstateRegion(string estate) => tables.Current.Estates.GetValueOrDefault(estate)?.Region;

    public IReadOnlyList<string> Path(string place) => _paths.GetOrAdd(place, MakePath);

    private IReadOnlyList<string> MakePath(string place) =>
        Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var region)
            ? [.. region.Path.Select(r => Places.Region(r.Code))]
            : [place];
}
