using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
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
/// Series of the places that live in this silo, from the figures they published last: one gauge per indicator, series by level
/// and code. A figure that is not available has no series; one that shows single firms has none unless the silo is told so. Towns are
/// served by queries only, unless they are watched.
/// </summary>
public sealed class DomainMetrics
{
    private const string InfoGauge = "clusterpulse_region_info";
    private const string PeriodGauge = "clusterpulse_period_timestamp_seconds";
    private const string ReasonGauge = "clusterpulse_change_reason_info";
    private const string ThresholdGauge = "clusterpulse_threshold";

    private readonly LivePlaces _places;
    private readonly SharedTablesSource _tables;
    private readonly Lifeline _lifeline;
    private readonly ReasonSource _reasons;
    private readonly Thresholds _thresholds;
    private readonly ReferenceData _reference;
    private readonly Region? _province;
    private readonly Dictionary<string, string> _gauges;

    /// <summary>Of the places of one province; null: of all.</summary>
    public DomainMetrics(
        LivePlaces places, IndicatorCatalogue catalogue, Thresholds thresholds, ReasonSource reasons,
        SharedTablesSource tables, Lifeline lifeline, IOptions<DomainMetricsOptions> options, ReferenceData reference, Region? province = null)
    {
        (_places, _reasons, _tables, _lifeline, _reference, _province) = (places, reasons, tables, lifeline, reference, province);
        _thresholds = thresholds;
        var definitions = catalogue.All.Select(i => i.Definition).Where(d => !d.IsRestricted || options.Value.FirmFigures).ToList();
        _gauges = definitions.ToDictionary(d => d.Id, d => d.Metric, StringComparer.Ordinal);
        Gauges =
        [
            .. definitions.Select(d => (d.Metric, $"{d.NameEn} · {d.NameZh}")),
            (InfoGauge, "Names of places"),
            (PeriodGauge, "Start of the month that the newest figures of a measure belong to"),
            (ReasonGauge, "What changed an indicator most within twelve months"),
            (ThresholdGauge, "Thresholds, inherited down the tree"),
        ];
    }

    /// <summary>All gauges.</summary>
    public IReadOnlyList<(string Name, string Description)> Gauges { get; }

    /// <summary>What the gauges show now, by gauge; those without a series are left out.</summary>
    public IReadOnlyDictionary<string, List<Measurement<double>>> Gather()
    {
        var series = new Dictionary<string, List<Measurement<double>>>(StringComparer.Ordinal);
        foreach (var health in Exported())
        {
            foreach (var (indicator, _, figure, _, _) in health.Figures)
            {
                if (figure.Value is { } value && _gauges.TryGetValue(indicator, out var gauge))
                    Add(gauge, new(value, Tags(health, figure.Labels)));
            }
            Add(InfoGauge, Info(health));
            foreach (var period in Periods(health))
                Add(PeriodGauge, period);
            foreach (var reason in Reasons(health))
                Add(ReasonGauge, reason);
            foreach (var threshold in _thresholds.Of(health))
                Add(ThresholdGauge, threshold);
        }
        return series;

        void Add(string gauge, Measurement<double> measurement)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(series, gauge, out _);
            (list ??= []).Add(measurement);
        }
    }

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

    private static Measurement<double> Info(PlaceHealth health) => new(
        1,
        new("level", health.Level),
        new("code", Places.Code(health.Place)),
        new("parent", health.Parent is null ? "" : Places.Code(health.Parent)),
        new("name_zh", health.NameZh),
        new("name_en", health.NameEn),
        new("path", health.Path));

    private IEnumerable<Measurement<double>> Reasons(PlaceHealth health) => _reasons.Of(health.Place).Select(r => new Measurement<double>(
        1,
        new("level", health.Level),
        new("code", Places.Code(health.Place)),
        new("indicator", r.Indicator),
        new("reason", r.Text)));

    private static IEnumerable<Measurement<double>> Periods(PlaceHealth health)
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
