using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Clusters;

/// <summary>A named set of industries that people look at as one. Figures of it are made when they are read, so it may change at any
/// time.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ClusterDefinition")]
public sealed record ClusterDefinition
{
    /// <summary>Begins with a letter, so that it is never an industry's code.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public string NameZh { get; init; } = "";

    [Id(2)] public string NameEn { get; init; } = "";

    /// <summary>GB/T 4754 codes of two to four digits, sorted; none lies inside another.</summary>
    [Id(3)] public required ImmutableArray<string> Industries { get; init; }

    /// <summary>Codes of regions in which it is a recognised cluster by declaration, sorted.</summary>
    [Id(4)] public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Goes up by one with each change, 1 for the first.</summary>
    [Id(5)] public long Version { get; init; }
}

/// <summary>A region, or one cluster of it, that people want to see on every screen.</summary>
/// <param name="Region">Code of the region.</param>
/// <param name="Cluster">An industry's code or a definition's id; empty: the region itself.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ClusterWatch")]
public readonly record struct ClusterWatch([property: Id(0)] string Region, [property: Id(1)] string Cluster);

/// <summary>A definition as it stands from now on. It holds if its version is the next one.</summary>
/// <param name="Definition">What it says.</param>
/// <param name="Deleted">There is none of that id any more.</param>
/// <param name="DecidedBy">For the audit trail.</param>
public sealed record ClusterDefinitionSet(ClusterDefinition Definition, bool Deleted, string DecidedBy) : Change;

/// <summary>An entry of the watch list, or its end. It holds if it changes anything.</summary>
/// <param name="Watch">What is watched.</param>
/// <param name="Watched">False: no longer.</param>
/// <param name="DecidedBy">For the audit trail.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record ClusterWatchSet(ClusterWatch Watch, bool Watched, string DecidedBy, string Reason) : Change;
