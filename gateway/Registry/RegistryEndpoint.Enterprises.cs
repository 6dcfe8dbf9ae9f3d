using System.Collections.Immutable;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Registry;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Gateway.Registry;

/// <content>Enterprises.</content>
public sealed partial class RegistryEndpoint
{
    private const int LongestPage = 1_000;

    public override async Task<Enterprise> GetEnterprise(GetEnterpriseRequest request, ServerCallContext context)
    {
        var period = Months.Optional("period", request.Period);
        var view = await grains.GetGrain<IEnterpriseGrain>(Id("name", request.Name)).GetAsync(period) ?? throw NoEnterprise(request.Name);
        return EstateMessages.ToMessage(view);
    }

    public override async Task<ListEnterprisesResponse> ListEnterprises(ListEnterprisesRequest request, ServerCallContext context)
    {
        if (request.Industry.Length > 0 && !reference.Industries.TryGet(request.Industry, out _))
            throw RichErrors.Invalid(new Violation("industry", request.Industry, Reasons.UnknownIndustry));
        var size = request.PageSize is > 0 and <= LongestPage ? request.PageSize : LongestPage;
        var found = await grains.GetGrain<IEnterpriseListGrain>(0).ListAsync(new()
        {
            Region = request.Region.Length == 0 ? null : Region("region", request.Region).Code,
            Period = Months.Optional("period", request.Period),
            WithClosed = request.ShowClosed,
            Industry = request.Industry.Length == 0 ? null : request.Industry,
            Ownership = request.Ownership == V1.Ownership.Unspecified ? null : Vocabulary.Ownership(request.Ownership)
                ?? throw RichErrors.Invalid(new Violation("ownership", request.Ownership.ToString(), Reasons.UnknownOwnership)),
            After = request.PageToken.Length == 0 ? "" : Token(request.PageToken),
            Limit = size + 1,
        });
        var response = new ListEnterprisesResponse { NextPageToken = found.Length > size ? found[size - 1].Id : "" };
        response.Enterprises.AddRange(found.Take(size).Select(EstateMessages.ToMessage));
        return response;
    }

    public override async Task<ListEnterpriseVersionsResponse> ListEnterpriseVersions(ListEnterpriseVersionsRequest request, ServerCallContext context)
    {
        var history = await grains.GetGrain<IEnterpriseGrain>(Id("name", request.Name)).GetHistoryAsync() ?? throw NoEnterprise(request.Name);
        var response = new ListEnterpriseVersionsResponse();
        response.Enterprises.AddRange(history.Profiles.Select(p => EstateMessages.ToMessage(history.Id, p, history.ProfileVersion)));
        return response;
    }

    public override async Task<Enterprise> UpdateEnterprise(UpdateEnterpriseRequest request, ServerCallContext context)
    {
        var enterprise = request.Enterprise ?? throw RichErrors.Invalid(new Violation("enterprise", "", Reasons.MissingField));
        var fields = ProfileBatches.Fields(request.UpdateMask?.Paths);
        var estates = await batches.EstatesAsync();
        if (validator.Validate(enterprise, 0, fields, estates, out var violations) is not { } row)
            throw Invalid(violations);
        var grain = grains.GetGrain<IEnterpriseGrain>(row.Enterprise);
        // Where nothing holds in that month yet there is nothing to take the other fields from.
        if (!fields.IsEmpty && await grain.GetAsync(row.Profile.ValidFrom) is null
            && (request.AllowMissing || await grain.GetAsync(null) is not null)
            && validator.Validate(enterprise, 0, [], estates, out violations) is null)
        {
            throw Invalid(violations);
        }
        if (!await batches.KnowsSuccessorAsync(row.Profile))
            throw Invalid([new("successor", enterprise.Successor, Reasons.UnknownSuccessor)]);
        if (await grain.UpdateAsync(row.Profile, fields, request.AllowMissing, Etags.Version(enterprise.Etag)) is { } updated)
            return EstateMessages.ToMessage(updated);
        throw await grain.GetAsync(null) is null
            ? RichErrors.NotFound(enterprise.Name, "Set allow_missing to register it.", "如需登记请设置 allow_missing。")
            : Changed(enterprise);
    }

    public override async Task<Enterprise> DeleteEnterprise(DeleteEnterpriseRequest request, ServerCallContext context)
    {
        var id = Id("name", request.Name);
        var wrong = new List<Violation>();
        var from = Months.Required("period", request.Period, wrong);
        if (wrong.Count > 0)
            throw RichErrors.Invalid(wrong);
        var grain = grains.GetGrain<IEnterpriseGrain>(id);
        if (await grain.GetAsync(null) is null)
            return request.AllowMissing ? new() { Name = request.Name } : throw NoEnterprise(request.Name);
        var held = await grain.GetAsync(from)
            ?? throw RichErrors.Invalid(new Violation("period", request.Period, Reasons.NotRegisteredInPeriod));
        var closing = held.Profile with { ValidFrom = from, Closed = true, Successor = request.Successor.Length == 0 ? null : Id("successor", request.Successor) };
        if (closing.Successor == id || !await batches.KnowsSuccessorAsync(closing))
            throw RichErrors.Invalid(new Violation("successor", request.Successor, Reasons.UnknownSuccessor));
        return await grain.UpdateAsync(closing, ["closed", "successor"], false, Etags.Version(request.Etag)) is { } closed
            ? EstateMessages.ToMessage(closed)
            : throw Changed(new() { Name = request.Name, Etag = request.Etag });
    }

    public override async Task ImportEnterprises(
        IAsyncStreamReader<ImportEnterprisesRequest> requestStream, IServerStreamWriter<ImportEnterprisesResponse> responseStream, ServerCallContext context)
    {
        admission.ThrowIfFull();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await new ImportStream(batches, admission, grains).RunAsync(requestStream, responseStream, ending.Token);
    }

    private static string Id(string field, string name) => EnterpriseName.Parse(name) is { Id: { } id }
        ? id
        : throw RichErrors.Invalid(new Violation(field, name, EnterpriseName.Parse(name).Reason!));

    private static string Token(string token) => EnterpriseName.Parse(token).Id == token
        ? token
        : throw RichErrors.Invalid(new Violation("page_token", token, Reasons.MalformedToken));

    private static RpcException NoEnterprise(string name) => RichErrors.NotFound(
        name, "Register it with UpdateEnterprise (allow_missing) or ImportEnterprises.", "请以 UpdateEnterprise（allow_missing）或 ImportEnterprises 登记。");

    private static RpcException Changed(Enterprise enterprise) => RichErrors.Conflict(
        Code.Aborted, $"{enterprise.Name} has changed since etag {enterprise.Etag}. Read it again.",
        $"{enterprise.Name} 在 etag {enterprise.Etag} 之后已变更，请重新读取。");

    private static RpcException Invalid(ImmutableArray<Violation> violations) =>
        RichErrors.Invalid([.. violations.Select(v => v with { Field = "enterprise." + v.Field })]);
}
