using ClusterPulse.Estates;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Registry;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Estate = ClusterPulse.V1.Estate;

namespace ClusterPulse.Gateway.Registry;

/// <content>Industrial estates.</content>
public sealed partial class RegistryEndpoint
{
    public override async Task<Estate> GetEstate(GetEstateRequest request, ServerCallContext context) =>
        EstateMessages.ToMessage(await FindEstateAsync(EstateMessages.Id("name", request.Name)) ?? throw NoEstate(request.Name));

    public override async Task<ListEstatesResponse> ListEstates(ListEstatesRequest request, ServerCallContext context)
    {
        var within = request.Region.Length == 0 ? null : Region("region", request.Region);
        var all = await Maintenance.ReadEstatesAsync();
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
        var message = request.Estate ?? throw RichErrors.Invalid(new Violation("estate", "", Reasons.MissingField));
        var wanted = EstateMessages.FromMessage(NewEstate(id, message), message, null);
        var stored = await grains.GetGrain<IEstateGrain>(id).CreateAsync(wanted);
        return stored with { Version = wanted.Version } == wanted
            ? EstateMessages.ToMessage(stored)
            : throw RichErrors.Conflict(
                Code.AlreadyExists, $"estates/{id} exists with other content. Change it with UpdateEstate; its region never changes.",
                $"estates/{id} 已存在且内容不同。请以 UpdateEstate 变更；园区所在区域不可变更。");
    }

    public override async Task<Estate> UpdateEstate(UpdateEstateRequest request, ServerCallContext context)
    {
        var message = request.Estate ?? throw RichErrors.Invalid(new Violation("estate", "", Reasons.MissingField));
        var id = EstateMessages.Id("estate.name", message.Name);
        if (await FindEstateAsync(id) is not { } held)
        {
            return request.AllowMissing
                ? await CreateEstate(new() { EstateId = id, Estate = message }, context)
                : throw NoEstate(message.Name);
        }
        ThrowIfChanged(held, message.Etag);
        if (request.UpdateMask is null or { Paths: [] } && message.Region.Length > 0 && Region("estate.region", message.Region).Code != held.Region)
            throw RichErrors.Invalid(new Violation("estate.region", message.Region, Reasons.UnknownField, held.Region));
        var wanted = EstateMessages.FromMessage(held, message, request.UpdateMask?.Paths);
        await ThrowIfInUseAsync(wanted);
        return await StoreEstateAsync(wanted);
    }

    public override async Task<Estate> DeleteEstate(DeleteEstateRequest request, ServerCallContext context)
    {
        var id = EstateMessages.Id("name", request.Name);
        var held = await FindEstateAsync(id) ?? throw NoEstate(request.Name);
        ThrowIfChanged(held, request.Etag);
        var wrong = new List<Violation>();
        var wanted = held with { ClosedFrom = Months.Required("period", request.Period, wrong) };
        if (wrong.Count == 0 && wanted.ClosedFrom <= held.ValidFrom)
            wrong.Add(new("period", request.Period, Reasons.OutOfBounds));
        if (wrong.Count > 0)
            throw RichErrors.Invalid(wrong);
        await ThrowIfInUseAsync(wanted);
        return await StoreEstateAsync(wanted);
    }

    private Facts.Estate NewEstate(string id, Estate message) => new()
    {
        Id = id,
        Region = Region("estate.region", message.Region).Code,
        ValidFrom = Month.Earliest,
    };

    /// <summary>Not from the estate's own grain: asking for one that does not exist would keep it alive for ever.</summary>
    private async Task<Facts.Estate?> FindEstateAsync(string id) => (await Maintenance.ReadEstatesAsync()).FirstOrDefault(e => e.Id == id);

    private async Task<Estate> StoreEstateAsync(Facts.Estate wanted) => await grains.GetGrain<IEstateGrain>(wanted.Id).UpdateAsync(wanted) is { } stored
        ? EstateMessages.ToMessage(stored)
        : throw ChangedEstate(wanted.Id);

    /// <summary>Whoever is in it once it exists no more must have moved before.</summary>
    private async Task ThrowIfInUseAsync(Facts.Estate wanted)
    {
        if (wanted.ClosedFrom is not { } closed)
            return;
        var members = await grains.GetGrain<IEnterpriseListGrain>(0).ListMembersAsync(wanted.Id, closed, limit: 3);
        if (members.IsEmpty)
            return;
        var named = string.Join(", ", members.Select(m => "enterprises/" + m));
        throw RichErrors.Conflict(
            Code.FailedPrecondition,
            $"estates/{wanted.Id} cannot cease in {closed}: enterprises are in it then, such as {named}. Move or close them first.",
            $"estates/{wanted.Id} 不能自 {closed} 起撤销：届时仍有企业在内，如 {named}。请先变更或注销这些企业。");
    }

    private static void ThrowIfChanged(Facts.Estate held, string etag)
    {
        if (Etags.Version(etag) is { } version && version != held.Version)
            throw ChangedEstate(held.Id);
    }

    private static RpcException ChangedEstate(string id) => RichErrors.Conflict(
        Code.Aborted, $"estates/{id} has changed. Read it again.", $"estates/{id} 已变更，请重新读取。");

    private static RpcException NoEstate(string name) =>
        RichErrors.NotFound(name, "Register it with CreateEstate.", "请先以 CreateEstate 登记。");
}
