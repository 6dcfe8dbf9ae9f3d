using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Placement;
using Orleans.Concurrency;

namespace ClusterPulse.Maintenance;

/// <summary>What is done once for the whole system, one thing at a time: checkpoint cycles, rebuilds, audits, closing of months,
/// tables. There is one, with key 0. What takes long must not make readers of tables wait, so those interleave; what they store
/// is one commit each.</summary>
[Alias("ClusterPulse.IMaintenanceGrain")]
public interface IMaintenanceGrain : IGrainWithIntegerKey
{
    /// <summary>Has every place touched since the last floor store a checkpoint, then trims the log.</summary>
    /// <returns>Places that stored one; −1 where the cycle was given up, which loses nothing.</returns>
    [Alias("Cycle"), ResponseTimeout("00:10:00")]
    Task<int> CycleAsync();

    /// <summary>Makes aggregates anew from facts: of one place with everything below it, or of all.</summary>
    [Alias("Rebuild"), ResponseTimeout("02:00:00")]
    Task<RebuildResult> RebuildAsync(string? place);

    /// <summary>Compares aggregates with independent SQL over the facts.</summary>
    [Alias("Audit"), ResponseTimeout("02:00:00")]
    Task<AuditResult> AuditAsync(string? place);

    /// <summary>The same, with all compared figures of some places.</summary>
    [Alias("AuditListed"), ResponseTimeout("02:00:00")]
    Task<AuditListing> AuditListedAsync(string? place, ImmutableArray<string> listed);

    /// <summary>How far the rebuild or audit under way is, 0..1.</summary>
    [Alias("Progress"), SafeToRepeat, AlwaysInterleave]
    Task<double> ProgressAsync();

    /// <summary>States that a month of a feed is over.</summary>
    /// <returns>False where it was over already.</returns>
    [Alias("ClosePeriod"), AlwaysInterleave]
    Task<bool> ClosePeriodAsync(Feed feed, Month period, string closedBy);

    /// <summary>Closes the months that the calendar says are over.</summary>
    [Alias("CloseDue")]
    Task CloseDueAsync();

    [Alias("SetExchangeRate"), SafeToRepeat, AlwaysInterleave]
    Task SetExchangeRateAsync(string currency, string target, Month period, double rate);

    /// <summary>Sets a region's own threshold, or takes it away (null).</summary>
    [Alias("SetThreshold"), AlwaysInterleave]
    Task SetThresholdAsync(string region, string policy, double? threshold, string decidedBy, string reason);

    /// <summary>Own thresholds of regions.</summary>
    [Alias("ListThresholds"), SafeToRepeat, AlwaysInterleave]
    Task<ImmutableArray<OwnThreshold>> ListThresholdsAsync();

    /// <summary>Rival sets.</summary>
    [Alias("ListRivalSets"), SafeToRepeat, AlwaysInterleave]
    Task<ImmutableArray<RivalSet>> ListRivalSetsAsync();

    /// <summary>Stores a set in the place of the version that it names, 0 for a new one.</summary>
    /// <returns>Null where another version is stored.</returns>
    [Alias("PutRivalSet"), AlwaysInterleave]
    Task<RivalSet?> PutRivalSetAsync(RivalSet set, string decidedBy, string reason);

    /// <summary>Takes a version of a set back.</summary>
    /// <returns>False where another version is stored.</returns>
    [Alias("DeleteRivalSet"), AlwaysInterleave]
    Task<bool> DeleteRivalSetAsync(RivalSet set, string decidedBy);

    /// <summary>The calendar that holds.</summary>
    [Alias("GetCalendar"), SafeToRepeat, AlwaysInterleave]
    Task<CalendarRules> GetCalendarAsync();

    /// <summary>Puts a calendar in the place of the version that it names.</summary>
    /// <returns>Null where another version is stored.</returns>
    [Alias("SetCalendar"), AlwaysInterleave]
    Task<CalendarRules?> SetCalendarAsync(CalendarRules rules);

    [Alias("ListObligationRules"), SafeToRepeat, AlwaysInterleave]
    Task<ImmutableArray<ObligationRule>> ListObligationRulesAsync();

    /// <summary>Puts a rule in the place of the version that it names, 0 for none, or takes it back.</summary>
    /// <returns>Null where another version is stored.</returns>
    [Alias("PutObligationRule"), AlwaysInterleave]
    Task<ObligationRule?> PutObligationRuleAsync(ObligationRule rule, bool deleted, string decidedBy, string reason);

    /// <summary>Registered estates.</summary>
    [Alias("ListEstates"), SafeToRepeat, AlwaysInterleave]
    Task<ImmutableArray<Estate>> ListEstatesAsync();

    /// <summary>The same, read from the store: one that another silo has registered a moment ago is there too.</summary>
    [Alias("ReadEstates"), SafeToRepeat, AlwaysInterleave]
    Task<ImmutableArray<Estate>> ReadEstatesAsync();

    /// <summary>Places that have anything in them.</summary>
    [Alias("ListPlaces"), SafeToRepeat, AlwaysInterleave]
    Task<ImmutableArray<string>> ListPlacesAsync();

    /// <summary>Compares every place's members with the facts at one cut, and makes anew what differs.</summary>
    /// <returns>Places that differed.</returns>
    [Alias("CheckDrift"), ResponseTimeout("00:30:00")]
    Task<int> CheckDriftAsync();

    /// <summary>Takes up measures that this build brought: once no older build writes, see <see cref="Aggregation.CellLevels"/>, it
    /// makes all aggregates anew with them. Does nothing where that has been done.</summary>
    /// <param name="settled">How long every silo must have been there.</param>
    /// <returns>True where places hold them now.</returns>
    [Alias("TakeUpMeasures"), ResponseTimeout("02:00:00")]
    Task<bool> TakeUpMeasuresAsync(TimeSpan settled);
}

/// <summary>What a rebuild went through.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.RebuildResult")]
public sealed record RebuildResult([property: Id(0)] long Enterprises, [property: Id(1)] int Places);

/// <summary>A threshold that a region has set for itself and below.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.OwnThreshold")]
public sealed record OwnThreshold([property: Id(0)] string Region, [property: Id(1)] string Policy, [property: Id(2)] double Value);

/// <summary>History of figures. Its key is 0; any silo answers.</summary>
[Alias("ClusterPulse.IHistoryGrain")]
public interface IHistoryGrain : IGrainWithIntegerKey
{
    [Alias("Query"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<ImmutableArray<StoredVintage>> QueryAsync(HistoryQuery query);
}

/// <summary>Which figures of the past.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.HistoryQuery")]
public sealed record HistoryQuery
{
    [Id(0)] public required ImmutableArray<string> Places { get; init; }

    /// <summary>Ids; empty: all.</summary>
    [Id(1)] public ImmutableArray<string> Indicators { get; init; } = [];

    [Id(2)] public Month? Start { get; init; }

    [Id(3)] public Month? End { get; init; }

    /// <summary>As known at this moment; null: now.</summary>
    [Id(4)] public DateTimeOffset? AsOf { get; init; }

    /// <summary>Only what became known after.</summary>
    [Id(5)] public DateTimeOffset? UpdatedAfter { get; init; }

    [Id(6)] public int Limit { get; init; } = 10_000;

    /// <summary>Go on after this position.</summary>
    [Id(7)] public long After { get; init; }
}

/// <summary>A silo's ear for what concerns all its activations. Its key is the silo's address.</summary>
[Alias("ClusterPulse.IFloorPort")]
public interface IFloorPort : IGrainWithStringKey
{
    /// <summary>A cycle has moved the log floor, or a rebuild has replaced checkpoints.</summary>
    [Alias("FloorMoved"), SafeToRepeat]
    Task FloorMovedAsync();
}
