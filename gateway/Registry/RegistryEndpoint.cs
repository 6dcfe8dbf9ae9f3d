using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Gateway.Registry;

/// <summary>RegistryService.</summary>
public sealed partial class RegistryEndpoint(
    IGrainFactory grains, Admission admission, ProfileValidator validator, ProfileBatches batches, ReferenceData reference,
    IHostApplicationLifetime lifetime) : RegistryService.RegistryServiceBase
{
    private const int DefaultPage = 1_000;

    public override async Task<ListRegionsResponse> ListRegions(ListRegionsRequest request, ServerCallContext context)
    {
        var asOf = Months.Optional("as_of", request.AsOf);
        var parent = request.Parent.Length == 0 ? null : RegionCode("parent", request.Parent);
        var regions = RegionMessages.Children(reference.Regions, parent, asOf);
        if (request.Populated)
        {
            var populated = (await Maintenance.ListPlacesAsync()).ToHashSet(StringComparer.Ordinal);
            regions = regions.Where(r => populated.Contains(r.Name));
        }
        var size = request.PageSize is > 0 and <= DefaultPage ? request.PageSize : DefaultPage;
        var after = request.PageToken.Length == 0 ? "" : Aggregation.Places.Region(request.PageToken);
        var page = regions.OrderBy(r => r.Name, StringComparer.Ordinal).Where(r => string.CompareOrdinal(r.Name, after) > 0).Take(size + 1).ToList();
        var response = new ListRegionsResponse { NextPageToken = page.Count > size ? Aggregation.Places.Code(page[size - 1].Name) : "" };
        response.Regions.AddRange(page.Take(size));
        return response;
    }

    private IMaintenanceGrain Maintenance => grains.GetGrain<IMaintenanceGrain>(0);

    /// <summary>A code of today, or a former one.</summary>
    private string RegionCode(string field, string name)
    {
        var code = name.StartsWith("regions/", StringComparison.Ordinal) ? name["regions/".Length..] : name;
        return reference.Regions.History.Find(code).Successors.IsDefaultOrEmpty
            ? throw RichErrors.Invalid(new Violation(field, name, Reasons.UnknownRegion))
            : code;
    }

    private Reference.Region Region(string field, string name)
    {
        var match = reference.Regions.History.Find(name.StartsWith("regions/", StringComparison.Ordinal) ? name["regions/".Length..] : name);
        return match.Region ?? throw RichErrors.Invalid(match.IsDivided
            ? new Violation(field, name, Reasons.DividedRegion, string.Join(' ', match.Successors.Select(r => r.Code)))
            : new Violation(field, name, Reasons.UnknownRegion));
    }
}
