using System.Globalization;
using ClusterPulse.Cli.Language;
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
        figure.FigureCase == Observation.FigureOneofCase.Value ? Number(figure.Value) : Why(figure.Unavailable);

    /// <summary>Why there is no value; in English the API's own word.</summary>
    public static string Why(Unavailable reason) => Words.Of(
        reason switch
        {
            Unavailable.Suppressed => "不公开",
            Unavailable.Incomplete => "上报不全",
            Unavailable.NoDenominator => "无分母",
            Unavailable.NoRate => "无汇率",
            Unavailable.NotApplicable => "不适用",
            _ => "",
        },
        reason.ToString());

    public static bool IsSameAs(this Observation figure, Observation other) =>
        figure.FigureCase == other.FigureCase && figure.Labels.Equals(other.Labels)
        && (figure.FigureCase == Observation.FigureOneofCase.Value ? figure.Value.Equals(other.Value) : figure.Unavailable == other.Unavailable);

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
