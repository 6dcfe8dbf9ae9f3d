using ClusterPulse.Clusters;

namespace ClusterPulse.Aggregation;

/// <summary>What a place is called and where it lies.</summary>
/// <param name="Place">Its name, see <see cref="Places"/>.</param>
/// <param name="Level">nation, province, prefecture, county, town, estate.</param>
/// <param name="Parent">Place above it; null for a nation.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Path">Such as 江苏·苏州·昆山.</param>
public sealed record PlaceIdentity(string Place, string Level, string? Parent, string NameZh, string NameEn, string Path)
{
    public string Code => Places.Code(Place);

    /// <summary>Has gauges: all but towns, which queries serve, unless they are on the watch list, by themselves or with a cluster.</summary>
    public bool IsExported(ClusterRegister clusters) => Level != "town" || clusters.IsWatched(Code);
}
