using System.Diagnostics.Metrics;
using ClusterPulse.Aggregation;
using ClusterPulse.Policies;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.Silo.Metrics;

/// <summary>Thresholds as series, so that rules compare a figure with what holds for its place.</summary>
public sealed class Thresholds(ReferenceData reference, SharedTablesSource tables)
{
    public IEnumerable<Measurement<double>> Of(PlaceHealth place)
    {
        var code = Places.Code(place.Place);
        var at = Places.IsEstate(place.Place) ? place.Parent is null ? "" : Places.Code(place.Parent) : code;
        reference.Regions.TryGet(at, out var region);
        foreach (var (policy, _) in AlertPolicyCatalogue.All)
        {
            var effective = AlertPolicyCatalogue.Effective(policy, region, tables.Current);
            yield return new(
                effective.Value, new("level", place.Level), new("code", code), new("policy", policy), new("origin", effective.Origin));
        }
    }
}
