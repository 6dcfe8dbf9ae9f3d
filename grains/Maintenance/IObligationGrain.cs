using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Placement;

namespace ClusterPulse.Maintenance;

/// <summary>Who owes which reports of a month. Its key is 0; any silo answers.</summary>
[Alias("ClusterPulse.IObligationGrain")]
public interface IObligationGrain : IGrainWithIntegerKey
{
    /// <summary>One page; it begins after the enterprise that the query names.</summary>
    [Alias("List"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<ObligationPage> ListAsync(ObligationQuery query);

    /// <summary>Counts all of them, feed by feed.</summary>
    [Alias("Count"), SafeToRepeat, ResponseTimeout("00:05:00")]
    Task<ImmutableArray<ObligationCount>> CountAsync(ObligationQuery query);
}

/// <summary>How far a report that is owed has come.</summary>
public enum ObligationState : byte
{
    Reported = 1,

    /// <summary>Reported that there was nothing.</summary>
    Nil = 2,

    /// <summary>Not reported, and not due yet.</summary>
    Open = 3,

    /// <summary>Not reported, and past the due day.</summary>
    Late = 4,

    /// <summary>Not reported, and past the grace too.</summary>
    Overdue = 5,
}

/// <summary>Which obligations.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ObligationQuery")]
public sealed record ObligationQuery
{
    /// <summary>Code of the region.</summary>
    [Id(0)] public required string Region { get; init; }

    [Id(1)] public required Month Period { get; init; }

    /// <summary>Empty: all.</summary>
    [Id(2)] public ImmutableArray<Feed> Feeds { get; init; } = [];

    /// <summary>Empty: those that are not reported.</summary>
    [Id(3)] public ImmutableArray<ObligationState> States { get; init; } = [];

    /// <summary>Go on after this enterprise; empty: from the first.</summary>
    [Id(4)] public string After { get; init; } = "";

    /// <summary>A page ends with the enterprise with which it has this many.</summary>
    [Id(5)] public int Limit { get; init; } = 1_000;
}

/// <summary>A report that is owed.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Obligation")]
public sealed record Obligation
{
    [Id(0)] public required string Enterprise { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    [Id(3)] public required string Region { get; init; }

    [Id(4)] public required Feed Feed { get; init; }

    [Id(5)] public required ObligationState State { get; init; }

    /// <summary>Id of the rule; null: it has reported the feed before.</summary>
    [Id(6)] public string? Rule { get; init; }

    /// <summary>Newest of the twelve months before in which it reported the feed.</summary>
    [Id(7)] public Month? LastReported { get; init; }

    [Id(8)] public required DateOnly Due { get; init; }

    [Id(9)] public DateTimeOffset? ReportedAt { get; init; }
}

/// <summary>Some obligations.</summary>
/// <param name="Rows">In the order of enterprises, then of feeds.</param>
/// <param name="Next">Where the next page goes on; null: there is none.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ObligationPage")]
public sealed record ObligationPage([property: Id(0)] ImmutableArray<Obligation> Rows, [property: Id(1)] string? Next);

/// <summary>Obligations of one feed.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ObligationCount")]
public sealed record ObligationCount
{
    [Id(0)] public required Feed Feed { get; init; }

    [Id(1)] public long Owed { get; init; }

    /// <summary>Among them nil returns.</summary>
    [Id(2)] public long Reported { get; init; }

    [Id(3)] public long Nil { get; init; }

    [Id(4)] public required DateOnly Due { get; init; }

    [Id(5)] public required DateOnly Grace { get; init; }

    /// <summary>The feed has no report of this month.</summary>
    [Id(6)] public bool NotExpected { get; init; }
}
