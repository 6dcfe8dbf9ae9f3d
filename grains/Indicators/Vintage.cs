using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>What the system said about one figure, from a moment on: append-only.</summary>
/// <param name="Indicator">Id.</param>
/// <param name="Labels">Beside level and code, as <c>name=value</c> joined by commas, sorted.</param>
/// <param name="Period">The month.</param>
/// <param name="Value">Null where it was not available.</param>
/// <param name="Reason">Why it was not.</param>
/// <param name="Status">How final it was.</param>
/// <param name="Coverage">Coverage by value, 0..1.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Vintage")]
public sealed record Vintage(
    [property: Id(0)] string Indicator,
    [property: Id(1)] string Labels,
    [property: Id(2)] Month Period,
    [property: Id(3)] double? Value,
    [property: Id(4)] Unavailable Reason,
    [property: Id(5)] FigureStatus Status,
    [property: Id(6)] double Coverage)
{
    /// <summary>How much a figure that compares a place with others must move to be worth a vintage: each report of the nation moves
    /// those of all its places by a trace.</summary>
    public const double Trace = 1e-6;

    /// <summary>Says the same but for a trace.</summary>
    public bool IsAsGoodAs(Vintage other) => Value is { } own && other.Value is { } value
        ? this == other with { Value = own } && Math.Abs(own - value) <= Trace * Math.Max(1, Math.Abs(own))
        : this == other;
}

/// <summary>Why a figure has no value.</summary>
public enum Unavailable : byte
{
    /// <summary>It has one.</summary>
    None = 0,
    Suppressed = 1,
    Incomplete = 2,
    NoDenominator = 3,
    NoRate = 4,
    NotApplicable = 5,
}

/// <summary>How final a figure is.</summary>
public enum FigureStatus : byte
{
    Flash = 1,
    Provisional = 2,
    Final = 3,
}
