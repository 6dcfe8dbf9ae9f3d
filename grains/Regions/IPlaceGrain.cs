using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Placement;

namespace ClusterPulse.Regions;

/// <summary>What regions of every level and estates have in common: live cells and the figures made from them.</summary>
[Alias("ClusterPulse.IPlaceGrain")]
public interface IPlaceGrain : IGrainWithStringKey
{
    /// <summary>Takes a Combiner's message.</summary>
    /// <returns>How far the message's writer is known now.</returns>
    [Alias("Receive")]
    Task<long> ReceiveAsync(DeltaMessage message);

    /// <summary>Catches up to the positions and stores a checkpoint.</summary>
    /// <returns>False where another activation had stored one first.</returns>
    [Alias("CheckpointThrough")]
    Task<bool> CheckpointThroughAsync(ImmutableDictionary<int, long> positions);

    /// <summary>Catches up with writers' commits without a checkpoint.</summary>
    [Alias("CatchUp"), SafeToRepeat]
    Task CatchUpAsync(ImmutableDictionary<int, long> positions);

    /// <summary>Figures of each indicator's newest complete month, without details, or of one month, with them.</summary>
    [Alias("GetHealth"), SafeToRepeat]
    Task<PlaceHealth> GetHealthAsync(Month? period);

    /// <summary>Its cells of some measures, for who takes figures apart.</summary>
    [Alias("GetCells"), SafeToRepeat]
    Task<PlaceCells> GetCellsAsync(ImmutableArray<Measure> measures);

    /// <summary>Catches up to the positions and tells who its members are, and how far it knows each writer then.</summary>
    [Alias("Probe")]
    Task<MemberProbe> ProbeAsync(ImmutableDictionary<int, long> positions);

    /// <summary>Figures of which there are too many to hold them ready, each at its newest complete month.</summary>
    [Alias("GetDetails"), SafeToRepeat]
    Task<ImmutableArray<PlaceFigure>> GetDetailsAsync();

    /// <summary>What places below compare themselves with; null where the asker, who names the stamp of his table, has the newest.</summary>
    [Alias("GetDenominators"), SafeToRepeat]
    Task<DenominatorTable?> GetDenominatorsAsync(Peer peer, string? stamp);

    /// <summary>Keeps it active, and in its home: after a change of membership it moves there.</summary>
    [Alias("Touch"), SafeToRepeat]
    Task TouchAsync();
}

/// <summary>A region of any level; its key is the code.</summary>
[Alias("ClusterPulse.IRegionGrain")]
public interface IRegionGrain : IPlaceGrain;

/// <summary>What anti-entropy asks of a place.</summary>
/// <param name="Known">How far it knows each writer.</param>
/// <param name="Members">Its members, by count.</param>
/// <param name="High">Σ of upper halves of their hashes.</param>
/// <param name="Low">Σ of lower halves.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.MemberProbe")]
public sealed record MemberProbe(
    [property: Id(0)] ImmutableDictionary<int, long> Known, [property: Id(1)] long Members, [property: Id(2)] long High, [property: Id(3)] long Low)
{
    public MemberSums Sums => new(Members, High, Low);
}

/// <summary>Cells of a place at one moment, each not zero.</summary>
/// <param name="Place">Its name.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Cells">Of the measures that were asked for.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.PlaceCells")]
public sealed record PlaceCells(
    [property: Id(0)] string Place, [property: Id(1)] string NameZh, [property: Id(2)] string NameEn, [property: Id(3)] CellSums Cells);

/// <summary>All figures of a place at one moment.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.PlaceHealth")]
public sealed record PlaceHealth
{
    [Id(0)] public required string Place { get; init; }

    [Id(1)] public required string Level { get; init; }

    /// <summary>Parent place; null for a nation.</summary>
    [Id(2)] public string? Parent { get; init; }

    [Id(3)] public required string NameZh { get; init; }

    [Id(4)] public required string NameEn { get; init; }

    /// <summary>Such as 江苏·苏州·昆山.</summary>
    [Id(5)] public required string Path { get; init; }

    [Id(6)] public ImmutableArray<PlaceFigure> Figures { get; init; } = [];

    /// <summary>Goes up with each change of the place's cells, within one activation.</summary>
    [Id(7)] public long Revision { get; init; }

    /// <summary>When these figures were computed.</summary>
    [Id(8)] public DateTimeOffset ComputedAt { get; init; }
}

/// <summary>One figure of a place.</summary>
/// <param name="Indicator">Id.</param>
/// <param name="Period">The month.</param>
/// <param name="Figure">Value or reason, labels and operands.</param>
/// <param name="Status">How final it is.</param>
/// <param name="Coverage">Least coverage by value of the feeds it rests on, 0..1.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.PlaceFigure")]
public sealed record PlaceFigure(
    [property: Id(0)] string Indicator,
    [property: Id(1)] Month Period,
    [property: Id(2)] Figure Figure,
    [property: Id(3)] FigureStatus Status,
    [property: Id(4)] double Coverage);
