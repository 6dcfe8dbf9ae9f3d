using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Policies;
using ClusterPulse.Reference;
using ClusterPulse.Registry;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ClusterPulse.Gateway.Policies;

/// <summary>PolicyService.</summary>
public sealed partial class PolicyEndpoint(IGrainFactory grains, RivalSets rivals, ReferenceData reference) : PolicyService.PolicyServiceBase
{
    private IMaintenanceGrain Maintenance => grains.GetGrain<IMaintenanceGrain>(0);

    public override async Task<ListAlertPoliciesResponse> ListAlertPolicies(ListAlertPoliciesRequest request, ServerCallContext context)
    {
        var region = Region("parent", request.Parent);
        var tables = await TablesAsync();
        return new() { AlertPolicies = { AlertPolicyCatalogue.All.Select(p => ToMessage(region, p.Key, tables)) } };
    }

    public override async Task<AlertPolicy> UpdateAlertPolicy(UpdateAlertPolicyRequest request, ServerCallContext context)
    {
        var (region, policy) = Name(request.AlertPolicy?.Name ?? "");
        if (!double.IsFinite(request.AlertPolicy!.Threshold))
            throw RichErrors.Invalid(new Violation("alert_policy.threshold", request.AlertPolicy.Threshold.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        await Maintenance.SetThresholdAsync(
            region.Code, policy, request.AlertPolicy.Threshold, Required("decided_by", request.DecidedBy), Required("reason", request.Reason));
        return ToMessage(region, policy, await TablesAsync());
    }

    public override async Task<AlertPolicy> DeleteAlertPolicy(DeleteAlertPolicyRequest request, ServerCallContext context)
    {
        var (region, policy) = Name(request.Name);
        await Maintenance.SetThresholdAsync(region.Code, policy, null, Required("decided_by", request.DecidedBy), "deleted");
        return ToMessage(region, policy, await TablesAsync());
    }

    public override Task<V1.RivalSet> GetRivalSet(GetRivalSetRequest request, ServerCallContext context) => rivals.GetAsync(request.Name);

    public override Task<ListRivalSetsResponse> ListRivalSets(ListRivalSetsRequest request, ServerCallContext context) =>
        rivals.ListAsync(request.Region);

    public override Task<V1.RivalSet> CreateRivalSet(CreateRivalSetRequest request, ServerCallContext context) => rivals.CreateAsync(request);

    public override Task<V1.RivalSet> UpdateRivalSet(UpdateRivalSetRequest request, ServerCallContext context) => rivals.UpdateAsync(request);

    public override async Task<Empty> DeleteRivalSet(DeleteRivalSetRequest request, ServerCallContext context)
    {
        await rivals.DeleteAsync(request);
        return new();
    }

    private async Task<SharedTables> TablesAsync() => SharedTables.Empty with
    {
        Thresholds = (await Maintenance.ListThresholdsAsync()).ToImmutableDictionary(t => (t.Region, t.Policy), t => t.Value),
    };

    private (Reference.Region Region, string Policy) Name(string name)
    {
        const string Middle = "/alertPolicies/";
        var at = name.IndexOf(Middle, StringComparison.Ordinal);
        if (at < 0 || !AlertPolicyCatalogue.Knows(name[(at + Middle.Length)..]))
            throw RichErrors.Invalid(new Violation("name", name, Reasons.UnknownPolicy));
        return (Region("name", name[..at]), name[(at + Middle.Length)..]);
    }

    private Reference.Region Region(string field, string name) =>
        name.StartsWith("regions/", StringComparison.Ordinal) && reference.Regions.TryGet(name["regions/".Length..], out var region)
            ? region
            : throw RichErrors.Invalid(new Violation(field, name, Reasons.UnknownRegion));

    private static string Required(string field, string value) =>
        value.Length > 0 ? value : throw RichErrors.Invalid(new Violation(field, value, Reasons.MissingField));

    private static AlertPolicy ToMessage(Reference.Region region, string policy, SharedTables tables)
    {
        var effective = AlertPolicyCatalogue.Effective(policy, region, tables);
        return new()
        {
            Name = $"regions/{region.Code}/alertPolicies/{policy}",
            Threshold = effective.Value,
            Origin = effective.Origin == AlertPolicyCatalogue.DefaultOrigin ? effective.Origin : "regions/" + effective.Origin,
        };
    }
}
