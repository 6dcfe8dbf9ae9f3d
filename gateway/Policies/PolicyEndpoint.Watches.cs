using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ClusterPulse.Gateway.Policies;

/// <content>The watch list.</content>
public sealed partial class PolicyEndpoint
{
    private const string Whole = "-";
    private const string WatchesPart = "/watches/";

    private IClusterRegisterGrain Clusters => grains.GetGrain<IClusterRegisterGrain>(0);

    public override async Task<ListWatchesResponse> ListWatches(ListWatchesRequest request, ServerCallContext context)
    {
        var within = request.Parent == "regions/-" ? null : Region("parent", request.Parent);
        var watches = (await Clusters.ListWatchesAsync())
            .Where(w => within is null || (reference.Regions.TryGet(w.Region, out var region) && region.IsIn(within)));
        return new() { Watches = { watches.Select(ToMessage) } };
    }

    public override async Task<V1.Watch> CreateWatch(CreateWatchRequest request, ServerCallContext context)
    {
        var region = Region("parent", request.Parent);
        var cluster = Required("watch_id", request.WatchId) == Whole ? "" : request.WatchId;
        if (cluster.Length > 0 && !reference.Industries.Classifies(cluster) && !(await Clusters.ListDefinitionsAsync()).Any(d => d.Id == cluster))
            throw RichErrors.Invalid(new Violation("watch_id", cluster, Reasons.UnknownCluster));
        var watch = new ClusterWatch(region.Code, cluster);
        await Clusters.WatchAsync(watch, true, Required("decided_by", request.DecidedBy), Required("reason", request.Reason));
        return ToMessage(watch);
    }

    public override async Task<Empty> DeleteWatch(DeleteWatchRequest request, ServerCallContext context)
    {
        var at = request.Name.IndexOf(WatchesPart, StringComparison.Ordinal);
        var region = Region("name", at < 0 ? request.Name : request.Name[..at]);
        var id = at < 0 ? "" : request.Name[(at + WatchesPart.Length)..];
        return await Clusters.WatchAsync(
            new(region.Code, id == Whole ? "" : id), false, Required("decided_by", request.DecidedBy), "deleted")
                ? new()
                : throw RichErrors.NotFound(request.Name, "ListWatches tells what is watched.", "请以 ListWatches 查询关注列表。");
    }

    private static V1.Watch ToMessage(ClusterWatch watch) =>
        new() { Name = $"regions/{watch.Region}{WatchesPart}{(watch.Cluster.Length == 0 ? Whole : watch.Cluster)}" };
}
