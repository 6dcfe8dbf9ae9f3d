using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using FigureStatus = ClusterPulse.Indicators.FigureStatus;
using Unavailable = ClusterPulse.Indicators.Unavailable;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Figures as messages.</summary>
internal static class HealthMessages
{
    /// <summary>Of an indicator's resource name.</summary>
    public const string Prefix = "indicators/";

    /// <summary>Without the figures of its clusters, which are no figures of the place.</summary>
    public static PlaceHealth OfPlace(this PlaceHealth health, IndicatorCatalogue catalogue) =>
        health with { Figures = health.Figures.RemoveAll(f => catalogue.IsOfCluster(f.Indicator, f.Figure.Labels)) };

    /// <summary>All figures, or those of some indicators. One that has no figure at all is there too and says that it is not
    /// available: a gap is never silent.</summary>
    public static Health ToMessage(this PlaceHealth health, IndicatorCatalogue catalogue, IReadOnlySet<string>? indicators = null)
    {
        var message = new Health
        {
            Name = health.Place,
            Level = health.Level,
            Parent = health.Parent ?? "",
            DisplayName = new() { Zh = health.NameZh, En = health.NameEn },
            Path = health.Path,
        };
        foreach (var figure in health.Figures)
        {
            if (indicators is null || indicators.Contains(figure.Indicator))
                message.Observations.Add(ToMessage(health, figure));
        }
        message.FillGaps(catalogue, indicators);
        return message;
    }

    /// <summary>Adds what is missing as not available: no month of it is complete.</summary>
    public static void FillGaps(this Health health, IndicatorCatalogue catalogue, IReadOnlySet<string>? indicators = null)
    {
        var there = health.Observations.Select(o => o.Indicator).ToHashSet(StringComparer.Ordinal);
        foreach (var indicator in catalogue.All)
        {
            var id = indicator.Definition.Id;
            if ((indicators is null || indicators.Contains(id)) && !there.Contains(Prefix + id))
                health.Observations.Add(new Observation { Name = health.Name, Indicator = Prefix + id, Unavailable = V1.Unavailable.Incomplete });
        }
    }

    /// <summary>A figure that is there no more, for example because its month is not complete any longer.</summary>
    public static Observation Gone(PlaceHealth health, PlaceFigure last) => Observation(
        health.Place, last.Indicator, last.Figure.Labels, last.Period, null, Unavailable.Incomplete, last.Status, last.Coverage, health.ComputedAt);

    public static Observation ToMessage(PlaceHealth health, PlaceFigure figure)
    {
        var message = Observation(
            health.Place, figure.Indicator, figure.Figure.Labels, figure.Period, figure.Figure.Value, figure.Figure.Reason, figure.Status,
            figure.Coverage, health.ComputedAt);
        message.Operands.AddRange(figure.Figure.Operands.Select(ToMessage));
        return message;
    }

    public static V1.Operand ToMessage(ClusterPulse.Indicators.Operand operand) =>
        new() { Name = operand.Name, Value = operand.Value, Unit = operand.Unit };

    public static Observation ToMessage(this StoredVintage stored) => Observation(
        stored.Place, stored.Vintage.Indicator, stored.Vintage.Labels, stored.Vintage.Period, stored.Vintage.Value, stored.Vintage.Reason,
        stored.Vintage.Status, stored.Vintage.Coverage, stored.KnownFrom);

    public static Indicator ToMessage(this IndicatorDefinition definition)
    {
        var message = new Indicator
        {
            Name = Prefix + definition.Id,
            DisplayName = new() { Zh = definition.NameZh, En = definition.NameEn },
            Unit = definition.Unit,
            Formula = definition.Formula,
            Source = definition.Source,
            Metric = definition.Metric,
            Restricted = definition.IsRestricted,
        };
        message.Labels.AddRange(definition.Labels);
        if (definition.Min is { } min)
            message.Min = min;
        if (definition.Max is { } max)
            message.Max = max;
        return message;
    }

    private static Observation Observation(
        string place, string indicator, string labels, Month period, double? value, Unavailable reason, FigureStatus status, double coverage,
        DateTimeOffset knownFrom)
    {
        var message = new Observation
        {
            Name = place,
            Indicator = Prefix + indicator,
            Period = period.ToString(),
            Status = status switch
            {
                FigureStatus.Flash => V1.FigureStatus.Flash,
                FigureStatus.Final => V1.FigureStatus.Final,
                _ => V1.FigureStatus.Provisional,
            },
            Coverage = coverage,
            KnownFrom = knownFrom.ToTimestamp(),
        };
        if (value is { } number)
            message.Value = number;
        else
            message.Unavailable = Reason(reason);
        AddLabels(message.Labels, labels);
        return message;
    }

    /// <summary>From <c>name=value</c> joined by commas.</summary>
    public static void AddLabels(IDictionary<string, string> map, string labels)
    {
        foreach (var label in labels.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = label.IndexOf('=', StringComparison.Ordinal);
            map[label[..at]] = label[(at + 1)..];
        }
    }

    public static V1.Unavailable Reason(Unavailable reason) => reason switch
    {
        Unavailable.Suppressed => V1.Unavailable.Suppressed,
        Unavailable.Incomplete => V1.Unavailable.Incomplete,
        Unavailable.NoDenominator => V1.Unavailable.NoDenominator,
        Unavailable.NoRate => V1.Unavailable.NoRate,
        _ => V1.Unavailable.NotApplicable,
    };
}
