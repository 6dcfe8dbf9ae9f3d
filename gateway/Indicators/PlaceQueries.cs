using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>What requests name: places, indicators, months.</summary>
public sealed class PlaceQueries(IGrainFactory grains, ReferenceData reference, IndicatorCatalogue catalogue)
{
    /// <summary>Checks that a place exists.</summary>
    /// <exception cref="Grpc.Core.RpcException">It does not.</exception>
    public async Task<string> PlaceAsync(string name)
    {
        if (Places.IsRegion(name) && reference.Regions.TryGet(Places.Code(name), out _))
            return name;
        if (Places.IsEstate(name) && (await EstatesAsync()).Any(e => e.Id == Places.Code(name)))
            return name;
        throw RichErrors.NotFound(name, "Regions are regions/{code} (see ListRegions), estates are estates/{estate} (see ListEstates).",
            "区域为 regions/{code}（见 ListRegions），园区为 estates/{estate}（见 ListEstates）。");
    }

    /// <summary>Children of a region that have anything in them, and the estates that lie in it if wanted, in order.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync(string place, bool estates)
    {
        if (!Places.IsRegion(place) || !reference.Regions.TryGet(Places.Code(place), out var region))
            return [];
        var populated = (await grains.GetGrain<IMaintenanceGrain>(0).ListPlacesAsync()).ToHashSet(StringComparer.Ordinal);
        var children = region.Children.Select(c => Places.Region(c.Code)).Where(populated.Contains).Order(StringComparer.Ordinal).ToList();
        if (estates)
        {
            children.AddRange((await EstatesAsync())
                .Where(e => reference.Regions.TryGet(e.Region, out var lies) && lies.IsIn(region))
                .Select(e => Places.Estate(e.Id)).Order(StringComparer.Ordinal));
        }
        return children;
    }

    /// <summary>Ids of indicators, each given alone or several joined by commas; null where none is given.</summary>
    /// <exception cref="Grpc.Core.RpcException">One is not in the catalogue.</exception>
    public IReadOnlySet<string>? Indicators(string field, IEnumerable<string> names)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Split(names))
        {
            var id = name.StartsWith("indicators/", StringComparison.Ordinal) ? name["indicators/".Length..] : name;
            if (catalogue.Find(id) is null)
                throw RichErrors.Invalid(new Violation(field, name, Reasons.UnknownIndicator));
            ids.Add(id);
        }
        return ids.Count == 0 ? null : ids;
    }

    /// <summary>Values given alone or joined by commas: dashboards join the values of a variable.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> values) =>
        values.SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <exception cref="Grpc.Core.RpcException">It is not a month.</exception>
    public static Month? Month(string field, string period)
    {
        if (period.Length == 0)
            return null;
        return Facts.Month.TryParse(period, out var month) ? month : throw RichErrors.Invalid(new Violation(field, period, Reasons.MalformedPeriod));
    }

    private async Task<ImmutableArray<Estate>> EstatesAsync() => await grains.GetGrain<IMaintenanceGrain>(0).ListEstatesAsync();
}
