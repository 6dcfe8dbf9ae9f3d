using System.Globalization;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Clusters of regions: which there are, and their figures.</summary>
public sealed class ClusterQueries(IGrainFactory grains, ReferenceData reference, IndicatorCatalogue catalogue)
{
    private const string Part = "/clusters/";

    /// <summary>The region and the cluster of <c>regions/{code}/clusters/{cluster}</c>; null where the name is none.</summary>
    public static (string Region, string Cluster)? Parse(string name) =>
        name.IndexOf(Part, StringComparison.Ordinal) is > 0 and var at ? (name[..at], name[(at + Part.Length)..]) : null;

    /// <summary>What a figure of the past is of: a place, or a cluster of it.</summary>
    public string NameOf(StoredVintage figure) => catalogue.IsOfCluster(figure.Vintage.Indicator, figure.Vintage.Labels)
        ? figure.Place + Part + LabelOf(figure.Vintage.Labels)
        : figure.Place;

    /// <summary>The recognised clusters of a region, in order of their labels.</summary>
    public async Task<IReadOnlyList<V1.Cluster>> ListAsync(PlaceHealth region)
    {
        var grain = grains.GetGrain<IClusterRegisterGrain>(0);
        var register = new ClusterRegister(await grain.ListDefinitionsAsync(), await grain.ListWatchesAsync());
        var code = Aggregation.Places.Code(region.Place);
        var figures = region.Figures.Where(f => catalogue.IsOfCluster(f.Indicator, f.Figure.Labels)).ToLookup(f => LabelOf(f.Figure.Labels), StringComparer.Ordinal);
        // One whose months are not complete has no figures yet.
        var labels = register.Of(code).Select(c => c.Label).Concat(figures.Select(f => f.Key)).Distinct().Order(StringComparer.Ordinal);
        return [.. labels.Select(label => Make(label))];

        V1.Cluster Make(string label)
        {
            register.Definitions.TryGetValue(label, out var definition);
            reference.Industries.TryGet(label, out var industry);
            var cluster = new V1.Cluster
            {
                Name = region.Place + Part + label,
                DisplayName = new()
                {
                    Zh = definition?.NameZh ?? industry?.NameZh ?? label,
                    En = definition?.NameEn ?? industry?.NameEn ?? label,
                },
                Declared = definition?.Regions.Contains(code) ?? false,
                Watched = register.Watches.Contains(new(code, label)),
            };
            cluster.Industries.AddRange(register.Find(label)?.Codes ?? []);
            cluster.Observations.AddRange(figures[label].Select(f => HealthMessages.ToMessage(region, f)));
            return cluster;
        }
    }

    /// <summary>A cluster's figures alone.</summary>
    /// <exception cref="Grpc.Core.RpcException">The region has no such cluster.</exception>
    public async Task<Health> HealthAsync(PlaceHealth region, string name, string cluster)
    {
        var found = (await ListAsync(region)).FirstOrDefault(c => c.Name == name) ?? throw RichErrors.NotFound(
            name, "ListClusters tells which there are; a cluster is recognised by a definition or the watch list too.",
            "请以 ListClusters 查询；亦可经集群定义或关注列表认定。");
        var only = region with
        {
            Figures = [.. region.Figures.Where(f => catalogue.IsOfCluster(f.Indicator, f.Figure.Labels) && LabelOf(f.Figure.Labels) == cluster)],
        };
        var health = only.ToMessage(catalogue, catalogue.OfClusters.Select(i => i.Definition.Id).ToHashSet(StringComparer.Ordinal));
        (health.Name, health.Parent, health.DisplayName) = (name, region.Place, found.DisplayName);
        return health;
    }

    /// <summary>One page, ordered by a figure or as they stand.</summary>
    public static ListClustersResponse Page(
        IReadOnlyList<V1.Cluster> clusters, (string Indicator, bool Descending)? order, int skip, int size)
    {
        IEnumerable<V1.Cluster> ordered = clusters;
        if (order is var (indicator, descending))
        {
            double Key(V1.Cluster c) => c.Observations
                .FirstOrDefault(o => o.Indicator == HealthMessages.Prefix + indicator && o.FigureCase == Observation.FigureOneofCase.Value)?.Value
                ?? (descending ? double.NegativeInfinity : double.PositiveInfinity);
            ordered = descending ? clusters.OrderByDescending(Key) : clusters.OrderBy(Key);
        }
        var response = new ListClustersResponse
        {
            NextPageToken = skip + size < clusters.Count ? (skip + size).ToString(CultureInfo.InvariantCulture) : "",
        };
        response.Clusters.AddRange(ordered.Skip(skip).Take(size));
        return response;
    }

    private static string LabelOf(string labels) => labels.Split(',')
        .First(l => l.StartsWith(NamedCluster.LabelName + "=", StringComparison.Ordinal))[(NamedCluster.LabelName.Length + 1)..];
}
