using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Alerts;

/// <summary>Figures of one place by indicator and labels.</summary>
public sealed class HealthFigures
{
    private readonly Dictionary<(string Indicator, string Labels), double> _values = [];

    public HealthFigures(Health health)
    {
        foreach (var o in health.Observations)
        {
            if (o.FigureCase == Observation.FigureOneofCase.Value)
                _values[(o.Indicator["indicators/".Length..], LabelText(o.Labels))] = o.Value;
        }
    }

    /// <summary>Null where it is not available.</summary>
    public double? this[string indicator, string labels = ""] =>
        _values.TryGetValue((indicator, labels), out var value) ? value : null;

    /// <summary>The top source economy by immediate source, and its share.</summary>
    public (string Source, double Share)? TopSource
    {
        get
        {
            foreach (var ((indicator, labels), value) in _values)
            {
                const string Prefix = "basis=immediate,source=";
                if (indicator == "fdi_top_source_share" && labels.StartsWith(Prefix, StringComparison.Ordinal))
                    return (labels[Prefix.Length..], value);
            }
            return null;
        }
    }

    /// <summary>The state that a place is in, of a figure that is 1 for one value of its label and 0 for the others.</summary>
    public string? State(string indicator)
    {
        foreach (var ((name, labels), value) in _values)
        {
            if (name == indicator && value.Equals(1.0))
                return labels[(labels.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }
        return null;
    }

    /// <summary>Labels of an indicator's figures, in order.</summary>
    public IEnumerable<string> Labels(string indicator) =>
        _values.Keys.Where(k => k.Indicator == indicator).Select(k => k.Labels).Order(StringComparer.Ordinal);

    /// <summary>Σ over the named labels, or over all.</summary>
    public double? Sum(string indicator, params ReadOnlySpan<string> labels)
    {
        double? sum = null;
        foreach (var (key, value) in _values)
        {
            if (key.Indicator == indicator && (labels.Length == 0 || labels.Contains(key.Labels)))
                sum = (sum ?? 0) + value;
        }
        return sum;
    }

    private static string LabelText(IDictionary<string, string> labels) =>
        string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
}
