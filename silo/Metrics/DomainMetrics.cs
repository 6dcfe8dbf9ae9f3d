using System.Diagnostics.Metrics;
using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Silo.Metrics;

/// <summary>
/// Gauges of the places that live in this silo, from the figures they published last: one gauge per indicator, series by level
/// and code. A figure that is not available has no series; one that shows single firms has none unless the silo is told so. Towns are
/// served by queries only, unless they are watched.
/// </summary>
public sealed class DomainMetrics : IDisposable
{
    public const string MeterName = "ClusterPulse.Domain";

    private readonly LivePlaces _places;
    private readonly SharedTablesSource _tables;
    private readonly Lifeline _lifeline;
    private readonly ReasonSource _reasons;
    private readonly Meter _meter;
    private readonly ReferenceData _reference;
    private readonly Region? _province;

    /// <summary>Gauges of the places of one province; null: of all.</summary>
    public DomainMetrics(
        IMeterFactory factory, LivePlaces places, IndicatorCatalogue catalogue, Thresholds thresholds, ReasonSource reasons,
        SharedTablesSource tables, Lifeline lifeline, IOptions<DomainMetricsOptions> options, ReferenceData reference, Region? province = null)
    {
        (_places, _reasons, _tables, _lifeline, _reference, _province) = (places, reasons, tables, lifeline, reference, province);
        Name = province is null ? MeterName : $"{MeterName}.{province.Code}";
        _meter = factory.Create(Name);
        foreach (var definition in catalogue.All.Select(i => i.Definition).Where(d => !d.IsRestricted || options.Value.FirmFigures))
        {
            _meter.CreateObservableGauge(definition.Metric, () => Figures(definition.Id), description: $"{definition.NameEn} · {definition.NameZh}");
        }
        _meter.CreateObservableGauge("clusterpulse_region_info", Info, description: "Names of places");
        _meter.CreateObservableGauge(
            "clusterpulse_period_timestamp_seconds", Periods, description: "Start of the month that the newest figures of a measure belong to");
        _meter.CreateObservableGauge(
            "clusterpulse_change_reason_info", Reasons, description: "What changed an indicator most within twelve months");
        _meter.CreateObservableGauge(
            "clusterpulse_threshold", () => Exported().SelectMany(thresholds.Of), description: "Thresholds, inherited down the tree");
    }

    /// <summary>Name of its meter.</summary>
    public string Name { get; }

    public void Dispose() => _meter.Dispose();

    /// <summary>Newest figures by place: two activations of one place must not export it twice.</summary>
    private Dictionary<string, PlaceHealth>.ValueCollection Exported()
    {
        var newest = new Dictionary<string, PlaceHealth>(StringComparer.Ordinal);
        // Others may export them by now.
        if (!_lifeline.IsAlive)
            return newest.Values;
        var clusters = _tables.Current.Clusters;
        foreach (var place in _places.All)
        {
            if (place.Identity.IsExported(clusters) && place.Published is { } health && IsWithin(health)
                && (!newest.TryGetValue(health.Place, out var other) || other.ComputedAt < health.ComputedAt))
            {
                newest[health.Place] = health;
            }
        }
        return newest.Values;
    }

    /// <summary>An estate is where the region is that it lies in.</summary>
    private bool IsWithin(PlaceHealth health) =>
        _province is null
        || (_reference.Regions.TryGet(Places.Code(Places.IsEstate(health.Place) ? health.Parent ?? "" : health.Place), out var region) && region.IsIn(_province));

    private IEnumerable<Measurement<double>> Figures(string indicator)
    {
        foreach (var health in Exported())
        {
            foreach (var figure in health.Figures)
            {
                if (figure.Indicator == indicator && figure.Figure.Value is { } value)
                    yield return new(value, Tags(health, figure.Figure.Labels));
            }
        }
    }

    private IEnumerable<Measurement<double>> Info() => Exported().Select(h => new Measurement<double>(
        1,
        new("level", h.Level),
        new("code", Places.Code(h.Place)),
        new("parent", h.Parent is null ? "" : Places.Code(h.Parent)),
        new("name_zh", h.NameZh),
        new("name_en", h.NameEn),
        new("path", h.Path)));

    private IEnumerable<Measurement<double>> Reasons()
    {
        foreach (var health in Exported())
        {
            foreach (var reason in _reasons.Of(health.Place))
            {
                yield return new(
                    1,
                    new("level", health.Level),
                    new("code", Places.Code(health.Place)),
                    new("indicator", reason.Indicator),
                    new("reason", reason.Text));
            }
        }
    }

    private IEnumerable<Measurement<double>> Periods()
    {
        foreach (var health in Exported())
        {
            foreach (var (measure, indicator) in MeasureIndicators)
            {
                foreach (var figure in health.Figures)
                {
                    if (figure.Indicator != indicator)
                        continue;
                    yield return new(figure.Period.Start.ToUnixTimeSeconds(), Tags(health, "measure=" + measure));
                    break;
                }
            }
        }
    }

    /// <summary>The indicator that shows which month a measure is at.</summary>
    private static readonly (string Measure, string Indicator)[] MeasureIndicators =
    [
        ("output", "output_cny"), ("export", "export_cny"), ("employment", "employment_persons"), ("fdi", "fdi_utilised_usd"),
        ("linkage", "local_linkage_ratio"),
    ];

    private static KeyValuePair<string, object?>[] Tags(PlaceHealth health, string labels)
    {
        var parts = labels.Length == 0 ? [] : labels.Split(',');
        var tags = new KeyValuePair<string, object?>[parts.Length + 2];
        tags[0] = new("level", health.Level);
        tags[1] = new("code", Places.Code(health.Place));
        for (var i = 0; i < parts.Length; i++)
        {
            var at = parts[i].IndexOf('=', StringComparison.Ordinal);
            tags[i + 2] = new(parts[i][..at], parts[i][(at + 1)..]);
        }
        return tags;
    }
}
