using ClusterPulse.Facts;
using ClusterPulse.Gateway.Indicators;

namespace ClusterPulse.Gateway.Administration;

/// <summary>What an audit found, as the API says it.</summary>
internal static class AuditMessages
{
    public static V1.AuditResult Of(AuditListing listing)
    {
        var message = Of(listing.Result);
        message.Listed.AddRange(listing.Figures.Select(Of));
        return message;
    }

    public static V1.AuditResult Of(AuditResult result)
    {
        var message = new V1.AuditResult
        {
            Places = result.Places,
            Cells = result.Cells,
            Differences = result.Differences,
            Figures = result.Figures,
            FigureDifferences = result.FigureDifferences,
        };
        message.Samples.AddRange(result.Samples.Select(s => new V1.CellDifference
        {
            Name = s.Place,
            Measure = s.Industry.Length == 0 ? s.Measure : $"{s.Measure} in industry {s.Industry}",
            Dimension = s.Dimension,
            Period = s.Period.ToString(),
            Live = s.Live,
            Recomputed = s.Recomputed,
        }));
        // A silo of an earlier build does not audit figures.
        message.FigureSamples.AddRange((result.FigureSamples ?? []).Select(Of));
        return message;
    }

    private static V1.FigureDifference Of(FigureDifference difference)
    {
        var message = new V1.FigureDifference
        {
            Name = difference.Place,
            Indicator = HealthMessages.Prefix + difference.Indicator,
            Live = Of(difference.Live),
            Recomputed = Of(difference.Recomputed),
        };
        HealthMessages.AddLabels(message.Labels, difference.Labels);
        return message;
    }

    private static V1.AuditedFigure? Of(AuditedFigure? figure)
    {
        if (figure is null)
            return null;
        var message = new V1.AuditedFigure { Period = figure.Period.ToString() };
        if (figure.Value is { } value)
            message.Value = value;
        else
            message.Unavailable = HealthMessages.Reason(figure.Reason);
        return message;
    }
}
