using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Enterprises;
using ClusterPulse.Estates;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using Google.Protobuf.Collections;
using Google.Rpc;
using Grpc.Core;
using Estate = ClusterPulse.V1.Estate;
using RowOutcome = ClusterPulse.Facts.RowOutcome;

namespace ClusterPulse.Gateway.Registry;

/// <summary>RegistryService.</summary>
public sealed partial class RegistryEndpoint(
    IGrainFactory grains, SiloSpread spread, Admission admission, ProfileValidator validator, ReferenceData reference, TimeProvider time,
    IHostApplicationLifetime lifetime) : RegistryService.RegistryServiceBase
{
    private const int DefaultPage = 1_000;

    public override async Task<Enterprise> GetEnterprise(GetEnterpriseRequest request, ServerCallContext context)
    {
        Month? period = null;
        if (request.Period.Length > 0)
            period = Month.TryParse(request.Period, out var month) ? month : throw RichErrors.Invalid(new Violation("period", request.Period, Reasons.MalformedPeriod));
        var id = Id(request.Name);
        var view = await grains.GetGrain<IEnterpriseGrain>(id).GetAsync(period)
            ?? throw RichErrors.NotFound(request.Name, "Register it with UpdateEnterprise (allow_missing) or ImportEnterprises.",
                "请以 UpdateEnterprise（allow_missing）或 ImportEnterprises 登记。");
        return EstateMessages.ToMessage(view);
    }

    public override async Task<Enterprise> UpdateEnterprise(UpdateEnterpriseRequest request, ServerCallContext context)
    {
        var enterprise = request.Enterprise ?? throw RichErrors.Invalid(new Violation("enterprise", "", Reasons.MissingField));
        ImmutableArray<string> fields = request.UpdateMask is { } mask ? Fields(mask.Paths) : [];
        var estates = await EstatesAsync();
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
        long? version = null;
        if (enterprise.Etag.Length > 0)
            version = long.TryParse(enterprise.Etag, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
        if (await grain.UpdateAsync(row.Profile, fields, request.AllowMissing, version) is { } updated)
            return EstateMessages.ToMessage(updated);
        throw await grain.GetAsync(null) is null
            ? RichErrors.NotFound(enterprise.Name, "Set allow_missing to register it.", "如需登记请设置 allow_missing。")
            : RichErrors.Conflict(
                Code.Aborted, $"{enterprise.Name} has changed since etag {enterprise.Etag}. Read it again.",
                $"{enterprise.Name} 在 etag {enterprise.Etag} 之后已变更，请重新读取。");
    }

    public override async Task ImportEnterprises(
        IAsyncStreamReader<ImportEnterprisesRequest> requestStream, IServerStreamWriter<ImportEnterprisesResponse> responseStream, ServerCallContext context)
    {
        admission.ThrowIfFull();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        while (await requestStream.MoveNext(ending.Token))
        {
            var request = requestStream.Current;
            if (BatchProcessor.TooLarge(request.Enterprises.Count, request) is { } tooLarge)
                throw tooLarge.ToRpcException();
            if (request.Offset < 0)
                throw RichErrors.Invalid(new Violation("offset", request.Offset.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
            BatchReceipt receipt;
            try
            {
                receipt = await StoreAsync(request, ending.Token);
            }
            catch (Exception e) when (RichErrors.IsTransient(e))
            {
                var error = RichErrors.Unavailable("The batch could not be stored", "本批未能入库");
                await responseStream.WriteAsync(new() { Error = error, NextOffset = request.Offset }, CancellationToken.None);
                throw error.ToRpcException();
            }
            await responseStream.WriteAsync(
                new() { Receipt = receipt.ToMessage(), NextOffset = receipt.Offset + receipt.Count }, CancellationToken.None);
        }
    }

    public override async Task<Estate> GetEstate(GetEstateRequest request, ServerCallContext context)
    {
        var id = EstateMessages.Id("name", request.Name);
        // Not from the estate's own grain: asking for one that does not exist would keep it alive for ever.
        var estate = (await grains.GetGrain<IMaintenanceGrain>(0).ListEstatesAsync()).FirstOrDefault(e => e.Id == id);
        return EstateMessages.ToMessage(estate ?? throw RichErrors.NotFound(request.Name, "Register it with CreateEstate.", "请先以 CreateEstate 登记。"));
    }

    public override async Task<ListEstatesResponse> ListEstates(ListEstatesRequest request, ServerCallContext context)
    {
        var within = request.Region.Length == 0 ? null : Region("region", request.Region);
        var all = await grains.GetGrain<IMaintenanceGrain>(0).ListEstatesAsync();
        return new()
        {
            Estates =
            {
                all.Where(e => within is null || (reference.Regions.TryGet(e.Region, out var region) && region.IsIn(within)))
                    .OrderBy(e => e.Id, StringComparer.Ordinal).Select(EstateMessages.ToMessage),
            },
        };
    }

    public override async Task<Estate> CreateEstate(CreateEstateRequest request, ServerCallContext context)
    {
        var id = EstateMessages.Id("estate_id", request.EstateId);
        var wanted = EstateMessages.FromMessage(id, request.Estate ?? throw RichErrors.Invalid(new Violation("estate", "", Reasons.MissingField)));
        Region("estate.region", wanted.Region);
        var stored = await grains.GetGrain<IEstateGrain>(id).CreateAsync(wanted);
        return stored == wanted
            ? EstateMessages.ToMessage(stored)
            : throw RichErrors.Conflict(
                Code.AlreadyExists, $"estates/{id} exists with other content; its region never changes.",
                $"estates/{id} 已存在且内容不同；园区所在区域不可变更。");
    }

    public override async Task<ListRegionsResponse> ListRegions(ListRegionsRequest request, ServerCallContext context)
    {
        IEnumerable<Reference.Region> regions = request.Parent.Length == 0 ? reference.Regions.Nations : Region("parent", request.Parent).Children;
        if (request.Populated)
        {
            var populated = (await grains.GetGrain<IMaintenanceGrain>(0).ListPlacesAsync()).ToHashSet(StringComparer.Ordinal);
            regions = regions.Where(r => populated.Contains(Aggregation.Places.Region(r.Code)));
        }
        var size = request.PageSize is > 0 and <= DefaultPage ? request.PageSize : DefaultPage;
        var page = regions.OrderBy(r => r.Code, StringComparer.Ordinal)
            .Where(r => string.CompareOrdinal(r.Code, request.PageToken) > 0).Take(size + 1).ToList();
        var response = new ListRegionsResponse { NextPageToken = page.Count > size ? page[size - 1].Code : "" };
        response.Regions.AddRange(page.Take(size).Select(EstateMessages.ToMessage));
        return response;
    }

    private async Task<BatchReceipt> StoreAsync(ImportEnterprisesRequest request, CancellationToken cancellation)
    {
        using var place = await admission.EnterAsync(cancellation);
        var answer = new AnswerBuilder();
        var estates = await EstatesAsync();
        var rows = new List<ProfileRow>(request.Enterprises.Count);
        for (var i = 0; i < request.Enterprises.Count; i++)
        {
            if (validator.Validate(request.Enterprises[i], request.Offset + i, [], estates, out var violations) is { } row)
                rows.Add(row);
            else
                answer.Add(request.Offset + i, RowOutcome.Rejected, violations, []);
        }
        await spread.SendAsync(rows, row => row.Enterprise, (port, own) => port.SubmitProfilesAsync(own), answer);
        return answer.ToReceipt(request.Offset, request.Enterprises.Count, time.GetUtcNow());
    }

    private async Task<IReadOnlySet<string>> EstatesAsync() =>
        (await grains.GetGrain<IMaintenanceGrain>(0).ListEstatesAsync()).Select(e => e.Id).ToHashSet(StringComparer.Ordinal);

    private Reference.Region Region(string field, string name)
    {
        var code = name.StartsWith("regions/", StringComparison.Ordinal) ? name["regions/".Length..] : name;
        return reference.Regions.TryGet(code, out var region)
            ? region
            : throw RichErrors.Invalid(new Violation(field, name, Reasons.UnknownRegion));
    }

    private static string Id(string name) => EnterpriseName.Parse(name) is { Id: { } id }
        ? id
        : throw RichErrors.Invalid(new Violation("name", name, EnterpriseName.Parse(name).Reason!));

    /// <summary>Fields to take over; empty: all. What every profile names anyway may stand in a mask too.</summary>
    private static ImmutableArray<string> Fields(RepeatedField<string> paths)
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        foreach (var path in paths)
        {
            if (path == "*")
                return [];
            if (ProfileRules.Fields.Contains(path))
                fields.Add(path);
            else if (path is not ("name" or "valid_from" or "etag"))
                throw RichErrors.Invalid(new Violation("update_mask", path, Reasons.UnknownField));
        }
        return fields.Count == 0 && paths.Count > 0
            ? throw RichErrors.Invalid(new Violation("update_mask", string.Join(',', paths), Reasons.UnknownField))
            : fields.ToImmutable();
    }

    private static RpcException Invalid(ImmutableArray<Violation> violations) =>
        RichErrors.Invalid([.. violations.Select(v => v with { Field = "enterprise." + v.Field })]);
}
