using System.Globalization;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Explain;

/// <summary>Figures as people read them.</summary>
internal static class FigureWords
{
    public static string Id(this Observation figure) => figure.Indicator["indicators/".Length..];

    /// <summary>Such as <c>{measure=output}</c>; empty where there are none.</summary>
    public static string LabelWords(this Observation figure) => figure.Labels.Count == 0
        ? ""
        : $"{{{string.Join(',', figure.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))}}}";

    /// <summary>The value, or why there is none.</summary>
    public static string ValueWords(this Observation figure) =>
        figure.FigureCase == Observation.FigureOneofCase.Value ? Number(figure.Value) : figure.Unavailable.ToString();

    public static bool IsSameAs(this Observation figure, Observation other) =>
        figure.FigureCase == other.FigureCase && figure.Labels.Equals(other.Labels)
        && (figure.FigureCase == Observation.FigureOneofCase.Value ? figure.Value.Equals(other.Value) : figure.Unavailable == other.Unavailable);

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
