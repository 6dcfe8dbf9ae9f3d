using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>A figure computed from the cells of one place: one class, one formula.</summary>
public interface IIndicator
{
    /// <summary>What it means.</summary>
    IndicatorDefinition Definition { get; }

    /// <summary>Level of the measures that it reads: without them it has no figures, see <see cref="CellLevels"/>.</summary>
    int CellLevel => CellLevels.First;

    /// <summary>The same indicator compared with others: figures under the same id, for months of their own.</summary>
    IReadOnlyList<IIndicator> Also => [];

    /// <summary>It is given for each cluster of a place too, from the cluster's own cells, with the label <c>industry</c>.</summary>
    bool IsGivenForClusters => false;

    /// <summary>Its figures for one month, one for each combination of labels.</summary>
    IEnumerable<Figure> At(CellView cells, Month period);

    /// <summary>Those of them that are gauges and history: all, or of details the few that somebody watches.</summary>
    IEnumerable<Figure> Watched(CellView cells, Month period) => Definition.IsDetail ? [] : At(cells, period);
}

/// <summary>The catalogue's entry.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.IndicatorDefinition")]
public sealed record IndicatorDefinition
{
    /// <summary>The metric's name without <c>clusterpulse_</c>.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary><c>ratio</c>, <c>CNY</c>, <c>USD</c>, <c>persons</c>, <c>count</c>, <c>index</c>.</summary>
    [Id(3)] public required string Unit { get; init; }

    [Id(4)] public required string Formula { get; init; }

    [Id(5)] public required string Source { get; init; }

    /// <summary>Labels beside level and code.</summary>
    [Id(6)] public ImmutableArray<string> Labels { get; init; } = [];

    [Id(7)] public double? Min { get; init; }

    [Id(8)] public double? Max { get; init; }

    /// <summary>Feeds that must be complete.</summary>
    [Id(9)] public required ImmutableArray<Feed> Feeds { get; init; }

    /// <summary>It says something about reporting itself and is given for the newest month that is due, complete or not.</summary>
    [Id(10)] public bool IsAboutReporting { get; init; }

    /// <summary>Whose figures it is compared with; both must have the month complete.</summary>
    [Id(11)] public Peer ComparedWith { get; init; }

    /// <summary>It has so many series that they are computed when asked for: only those of <see cref="IIndicator.Watched"/> are gauges
    /// and history.</summary>
    [Id(12)] public bool IsDetail { get; init; }

    /// <summary>It shows single firms: only some callers see it, and it is no gauge unless the silo is told so. Its labels name
    /// nobody.</summary>
    [Id(13)] public bool IsRestricted { get; init; }

    /// <summary>Name of the gauge.</summary>
    public string Metric => "clusterpulse_" + Id;
}

/// <summary>A value, or why there is none.</summary>
/// <param name="Labels">Beside level and code: <c>name=value</c> joined by commas, sorted.</param>
/// <param name="Value">Null where it is not available; never NaN.</param>
/// <param name="Reason">Why it is not available.</param>
/// <param name="Operands">The sums it was computed from.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Figure")]
public sealed record Figure(
    [property: Id(0)] string Labels,
    [property: Id(1)] double? Value,
    [property: Id(2)] Unavailable Reason,
    [property: Id(3)] ImmutableArray<Operand> Operands)
{
    public static Figure Of(double value, params ImmutableArray<Operand> operands) => new("", value, Unavailable.None, operands);

    public static Figure Not(Unavailable reason, params ImmutableArray<Operand> operands) => new("", null, reason, operands);

    /// <summary>Numerator by denominator, or why not.</summary>
    public static Figure Ratio(Operand numerator, Operand denominator) =>
        denominator.Value == 0
            ? Not(Unavailable.NoDenominator, numerator, denominator)
            : Of(numerator.Value / denominator.Value, numerator, denominator);

    /// <summary>With one label.</summary>
    public Figure With(string name, string value) => this with { Labels = Join(Labels, $"{name}={value}") };

    /// <summary>Whether it has all of the labels, <c>name=value</c> joined by commas.</summary>
    public bool HasLabels(string labels) => labels.Length == 0 || labels.Split(',').All(Labels.Split(',').Contains);

    /// <summary>The one of several that labels name: the only one that has them all, or of many the one that has no others.</summary>
    /// <param name="all">What has figures.</param>
    /// <param name="labels">See <see cref="HasLabels"/>.</param>
    /// <param name="figure">The figure of one.</param>
    /// <returns>Null where there is none, or no telling which.</returns>
    public static T? Named<T>(IEnumerable<T> all, string labels, Func<T, Figure> figure)
        where T : class
    {
        var named = all.Where(f => figure(f).HasLabels(labels)).ToList();
        if (named.Count > 1)
            named.RemoveAll(f => figure(f).Labels.Length != labels.Length);
        return named.Count == 1 ? named[0] : null;
    }

    private static string Join(string labels, string label) =>
        labels.Length == 0 ? label : string.Join(',', labels.Split(',').Append(label).Order(StringComparer.Ordinal));
}

/// <summary>A named sum.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Operand")]
public readonly record struct Operand([property: Id(0)] string Name, [property: Id(1)] double Value, [property: Id(2)] string Unit);
