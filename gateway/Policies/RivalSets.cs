using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Policies;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using Grpc.Core;
using RivalSet = ClusterPulse.Facts.RivalSet;

namespace ClusterPulse.Gateway.Policies;

/// <summary>Rival sets: who competes with whom.</summary>
public sealed class RivalSets(IGrainFactory grains, ReferenceData reference)
{
    private const string Prefix = "rivalSets/";

    private static readonly string[] Fields = ["display_name", "regions", "sources", "industries"];

    private IMaintenanceGrain Maintenance => grains.GetGrain<IMaintenanceGrain>(0);

    public async Task<V1.RivalSet> GetAsync(string name) => ToMessage(Find(await Maintenance.ListRivalSetsAsync(), Id("name", name)) ?? throw Unknown(name));

    public async Task<ListRivalSetsResponse> ListAsync(string region)
    {
        var code = Code(region);
        if (region.Length > 0 && !reference.Regions.TryGet(code, out _))
            throw RichErrors.Invalid(new Violation("region", region, Reasons.UnknownRegion));
        var sets = await Maintenance.ListRivalSetsAsync();
        return new() { RivalSets = { sets.Where(s => region.Length == 0 || s.Regions.Contains(code)).Select(ToMessage) } };
    }

    public async Task<V1.RivalSet> CreateAsync(CreateRivalSetRequest request)
    {
        if (!RivalRules.IsId(request.RivalSetId))
            throw RichErrors.Invalid(new Violation("rival_set_id", request.RivalSetId, Reasons.MalformedRivalSet));
        return await StoreAsync(
            Merge(new() { Id = request.RivalSetId, Regions = [] }, Given(request.RivalSet), Fields), request.DecidedBy, request.Reason);
    }

    public async Task<V1.RivalSet> UpdateAsync(UpdateRivalSetRequest request)
    {
        var given = Given(request.RivalSet);
        var id = Id("rival_set.name", given.Name);
        IReadOnlyList<string> mask = request.UpdateMask is { Paths.Count: > 0 } named && !named.Paths.Contains("*") ? named.Paths : Fields;
        if (mask.FirstOrDefault(p => p is not ("name" or "etag") && !Fields.Contains(p)) is { } unknown)
            throw RichErrors.Invalid(new Violation("update_mask", unknown, Reasons.UnknownField));
        var stored = Find(await Maintenance.ListRivalSetsAsync(), id);
        if (stored is null && !request.AllowMissing)
            throw Unknown(given.Name);
        if (given.Etag.Length > 0 && given.Etag != Etag(stored))
            throw Changed(given.Name);
        return await StoreAsync(Merge(stored ?? new() { Id = id, Regions = [] }, given, mask), request.DecidedBy, request.Reason);
    }

    public async Task DeleteAsync(DeleteRivalSetRequest request)
    {
        var stored = Find(await Maintenance.ListRivalSetsAsync(), Id("name", request.Name)) ?? throw Unknown(request.Name);
        if (request.DecidedBy.Length == 0)
            throw RichErrors.Invalid(new Violation("decided_by", "", Reasons.MissingField));
        if ((request.Etag.Length > 0 && request.Etag != Etag(stored)) || !await Maintenance.DeleteRivalSetAsync(stored, request.DecidedBy))
            throw Changed(request.Name);
    }

    private async Task<V1.RivalSet> StoreAsync(RivalSet set, string decidedBy, string reason)
    {
        var sets = await Maintenance.ListRivalSetsAsync();
        List<Violation> wrong = [.. RivalRules.Check(set, sets, reference).Select(v => v with { Field = "rival_set." + v.Field })];
        if (decidedBy.Length == 0)
            wrong.Add(new("decided_by", "", Reasons.MissingField));
        if (reason.Length == 0)
            wrong.Add(new("reason", "", Reasons.MissingField));
        if (wrong.Count > 0)
            throw RichErrors.Invalid(wrong);
        if (await Maintenance.PutRivalSetAsync(set, decidedBy, reason) is { } stored)
            return ToMessage(stored);
        throw set.Version > 0
            ? Changed(Prefix + set.Id)
            : RichErrors.Conflict(
                Google.Rpc.Code.AlreadyExists, $"{Prefix}{set.Id} exists. Change it with UpdateRivalSet.", $"{Prefix}{set.Id} 已存在，请以 UpdateRivalSet 修改。");
    }

    private static RivalSet Merge(RivalSet stored, V1.RivalSet given, IReadOnlyList<string> mask) => stored with
    {
        NameZh = mask.Contains("display_name") ? given.DisplayName?.Zh ?? "" : stored.NameZh,
        NameEn = mask.Contains("display_name") ? given.DisplayName?.En ?? "" : stored.NameEn,
        Regions = mask.Contains("regions") ? [.. given.Regions.Select(Code)] : stored.Regions,
        Sources = mask.Contains("sources") ? [.. given.Sources.Distinct(StringComparer.Ordinal)] : stored.Sources,
        Industries = mask.Contains("industries") ? [.. given.Industries.Distinct(StringComparer.Ordinal)] : stored.Industries,
    };

    private static V1.RivalSet ToMessage(RivalSet set) => new()
    {
        Name = Prefix + set.Id,
        DisplayName = new() { Zh = set.NameZh, En = set.NameEn },
        Regions = { set.Regions.Select(r => Places.RegionPrefix + r) },
        Sources = { set.Sources },
        Industries = { set.Industries },
        Etag = Etag(set),
    };

    private static RivalSet? Find(ImmutableArray<RivalSet> sets, string id) => sets.FirstOrDefault(s => s.Id == id);

    private static V1.RivalSet Given(V1.RivalSet? set) => set ?? throw RichErrors.Invalid(new Violation("rival_set", "", Reasons.MissingField));

    private static string Id(string field, string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && RivalRules.IsId(name[Prefix.Length..])
            ? name[Prefix.Length..]
            : throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedRivalSet));

    private static string Code(string region) => region.StartsWith(Places.RegionPrefix, StringComparison.Ordinal) ? region[Places.RegionPrefix.Length..] : region;

    private static string Etag(RivalSet? set) => set is null ? "" : set.Version.ToString(CultureInfo.InvariantCulture);

    private static RpcException Unknown(string name) => RichErrors.NotFound(name, "Create it with CreateRivalSet.", "请以 CreateRivalSet 创建。");

    private static RpcException Changed(string name) => RichErrors.Conflict(
        Google.Rpc.Code.Aborted, $"{name} has changed since it was read. Read it again.", $"{name} 在读取之后已变更，请重新读取。");
}
