using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using ClusterDefinition = ClusterPulse.V1.ClusterDefinition;

namespace ClusterPulse.Gateway.Registry;

/// <content>Definitions of clusters.</content>
public sealed partial class RegistryEndpoint
{
    private IClusterRegisterGrain Clusters => grains.GetGrain<IClusterRegisterGrain>(0);

    public override async Task<ClusterDefinition> GetClusterDefinition(GetClusterDefinitionRequest request, ServerCallContext context) =>
        ClusterDefinitionMessages.ToMessage(await FindDefinitionAsync(ClusterDefinitionMessages.Id("name", request.Name)));

    public override async Task<ListClusterDefinitionsResponse> ListClusterDefinitions(
        ListClusterDefinitionsRequest request, ServerCallContext context)
    {
        var region = request.Region.Length == 0 ? null : Region("region", request.Region);
        var size = request.PageSize is > 0 and <= DefaultPage ? request.PageSize : DefaultPage;
        var page = (await Clusters.ListDefinitionsAsync())
            .Where(d => (region is null || d.Regions.Contains(region.Code)) && string.CompareOrdinal(d.Id, request.PageToken) > 0)
            .Take(size + 1).ToList();
        var response = new ListClusterDefinitionsResponse { NextPageToken = page.Count > size ? page[size - 1].Id : "" };
        response.ClusterDefinitions.AddRange(page.Take(size).Select(ClusterDefinitionMessages.ToMessage));
        return response;
    }

    public override async Task<ClusterDefinition> CreateClusterDefinition(CreateClusterDefinitionRequest request, ServerCallContext context)
    {
        var id = ClusterDefinitionMessages.Id("cluster_definition_id", request.ClusterDefinitionId);
        var message = request.ClusterDefinition ?? throw RichErrors.Invalid(new Violation("cluster_definition", "", Reasons.MissingField));
        var wanted = ClusterDefinitionMessages.FromMessage(new() { Id = id, Industries = [] }, message, null, reference);
        return await Clusters.CreateDefinitionAsync(wanted, DecidedBy(request.DecidedBy)) is { } stored
            ? ClusterDefinitionMessages.ToMessage(stored)
            : throw RichErrors.Conflict(
                Code.AlreadyExists, $"clusterDefinitions/{id} exists. Change it with UpdateClusterDefinition.",
                $"clusterDefinitions/{id} 已存在，请以 UpdateClusterDefinition 变更。");
    }

    public override async Task<ClusterDefinition> UpdateClusterDefinition(UpdateClusterDefinitionRequest request, ServerCallContext context)
    {
        var message = request.ClusterDefinition ?? throw RichErrors.Invalid(new Violation("cluster_definition", "", Reasons.MissingField));
        var held = await FindDefinitionAsync(ClusterDefinitionMessages.Id("cluster_definition.name", message.Name));
        if (ClusterDefinitionMessages.Version(message.Etag) is { } version && version != held.Version)
            throw Changed(held.Id, message.Etag);
        var wanted = ClusterDefinitionMessages.FromMessage(held, message, request.UpdateMask?.Paths, reference);
        return await Clusters.UpdateDefinitionAsync(wanted, DecidedBy(request.DecidedBy)) is { } stored
            ? ClusterDefinitionMessages.ToMessage(stored)
            : throw Changed(held.Id, message.Etag);
    }

    public override async Task<Empty> DeleteClusterDefinition(DeleteClusterDefinitionRequest request, ServerCallContext context)
    {
        var held = await FindDefinitionAsync(ClusterDefinitionMessages.Id("name", request.Name));
        var version = ClusterDefinitionMessages.Version(request.Etag) ?? held.Version;
        return version == held.Version && await Clusters.DeleteDefinitionAsync(held.Id, version, DecidedBy(request.DecidedBy))
            ? new()
            : throw Changed(held.Id, request.Etag);
    }

    private async Task<Clusters.ClusterDefinition> FindDefinitionAsync(string id) =>
        (await Clusters.ListDefinitionsAsync()).FirstOrDefault(d => d.Id == id)
        ?? throw RichErrors.NotFound(
            $"clusterDefinitions/{id}", "Make it with CreateClusterDefinition.", "请先以 CreateClusterDefinition 创建。");

    private static string DecidedBy(string value) =>
        value.Length > 0 ? value : throw RichErrors.Invalid(new Violation("decided_by", value, Reasons.MissingField));

    private static RpcException Changed(string id, string etag) => RichErrors.Conflict(
        Code.Aborted, $"clusterDefinitions/{id} has changed{(etag.Length == 0 ? "" : $" since etag {etag}")}. Read it again.",
        $"clusterDefinitions/{id} 已变更，请重新读取。");
}
