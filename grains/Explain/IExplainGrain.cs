using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Placement;
using ClusterPulse.Regions;

namespace ClusterPulse.Explain;

/// <summary>Says what changed a figure; key 0. It works on copies of cells, so that places go on meanwhile.</summary>
[Alias("ClusterPulse.IExplainGrain")]
public interface IExplainGrain : IGrainWithIntegerKey
{
    /// <summary>Contributions of parts to the change of a figure between two months, adding up to it.</summary>
    [Alias("Explain"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<Explanation> ExplainAsync(ExplainQuery query);

    /// <summary>Contributions of single enterprises, with what happened to them.</summary>
    /// <param name="query">What; by enterprises.</param>
    /// <param name="most">How many to name; the others are taken together.</param>
    /// <exception cref="TooManyEnterprisesException">The place has too many.</exception>
    [Alias("ExplainEnterprises"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<Explanation> ExplainEnterprisesAsync(ExplainQuery query, int most);

    /// <summary>Newest figures of a place, as they are and as they would be if something had never been there.</summary>
    [Alias("SimulateExit"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<ImmutableArray<SimulatedFigure>> SimulateExitAsync(ExitQuery query);

    /// <summary>Whether any report of FDI that counts names the investor.</summary>
    [Alias("IsInvestor"), SafeToRepeat]
    Task<bool> IsInvestorAsync(string investor);
}

/// <summary>What is to be explained.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ExplainQuery")]
public sealed record ExplainQuery
{
    [Id(0)] public required string Place { get; init; }

    /// <summary>Id.</summary>
    [Id(1)] public required string Indicator { get; init; }

    /// <summary>Labels that tell the figure from others of the indicator, <c>name=value</c> joined by commas; not necessarily all.</summary>
    [Id(2)] public string Labels { get; init; } = "";

    [Id(3)] public required Month From { get; init; }

    /// <summary>Later than <see cref="From"/>.</summary>
    [Id(4)] public required Month To { get; init; }

    [Id(5)] public required ExplainBy By { get; init; }

    /// <summary>Children or estates, where these are the parts.</summary>
    [Id(6)] public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>The place above it, through which those are found whom an indicator compares it with; null: none, or it does not matter.</summary>
    [Id(7)] public string? Above { get; init; }
}

/// <summary>What changed a figure.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Explanation")]
public sealed record Explanation
{
    /// <summary>The figure of the earlier month; null where the indicator has none with the labels, or several.</summary>
    [Id(0)] public PlaceFigure? Then { get; init; }

    /// <summary>The figure of the later month.</summary>
    [Id(1)] public PlaceFigure? Now { get; init; }

    /// <summary>Later minus earlier value; null where either is not available.</summary>
    [Id(2)] public double? Change { get; init; }

    [Id(3)] public ExplainMethod Method { get; init; }

    /// <summary>By size of contribution, the greatest first. They add up to the change.</summary>
    [Id(4)] public ImmutableArray<ExplainedPart> Parts { get; init; } = [];

    /// <summary>What suspect reports hold of the change, 0 to 1, see <see cref="ChangeSuspectRatio"/>; null where that is not known: other
    /// indicators than sums of checked feeds, other months than twelve apart, places whose cells do not have it yet.</summary>
    [Id(5)] public double? SuspectShare { get; init; }
}

/// <summary>What one part did to a figure.</summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Name">Resource name of a place, code of an industry or economy, or a word.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Contribution">In the figure's unit.</param>
/// <param name="NumeratorEffect">What the part's change of a ratio's numerator did; with the other effect it makes the contribution.</param>
/// <param name="DenominatorEffect">What its change of the denominator did.</param>
/// <param name="Then">Sums of the part at the earlier month.</param>
/// <param name="Now">The same at the later one.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ExplainedPart")]
public sealed record ExplainedPart(
    [property: Id(0)] PartKind Kind,
    [property: Id(1)] string Name,
    [property: Id(2)] string NameZh,
    [property: Id(3)] string NameEn,
    [property: Id(4)] double Contribution,
    [property: Id(5)] double? NumeratorEffect,
    [property: Id(6)] double? DenominatorEffect,
    [property: Id(7)] ImmutableArray<Operand> Then,
    [property: Id(8)] ImmutableArray<Operand> Now)
{
    /// <summary>What happened to an enterprise within the windows of the two months, oldest first.</summary>
    [Id(9)] public ImmutableArray<EnterpriseEvent> Events { get; init; } = [];
}

/// <summary>A change of what or where an enterprise is.</summary>
/// <param name="What">What happened.</param>
/// <param name="Period">The first month for which it holds.</param>
/// <param name="From">Of a move the region or estate that it left, of a closure the one where it was; of another change what it was: ownership
/// or industry. Empty where there is none.</param>
/// <param name="To">The same as it is since.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseEvent")]
public readonly record struct EnterpriseEvent(
    [property: Id(0)] EnterpriseEventKind What, [property: Id(1)] Month Period, [property: Id(2)] string From, [property: Id(3)] string To);

/// <summary>What can happen to an enterprise, seen from a place.</summary>
public enum EnterpriseEventKind : byte
{
    /// <summary>It came from elsewhere.</summary>
    MovedIn = 1,

    /// <summary>It went elsewhere.</summary>
    MovedOut = 2,

    /// <summary>It moved from one part of the place to another.</summary>
    MovedWithin = 3,

    /// <summary>It was registered first.</summary>
    Born = 4,

    /// <summary>It closed.</summary>
    Closed = 5,

    /// <summary>It opened again.</summary>
    Reopened = 6,

    /// <summary>It changed its ownership.</summary>
    ChangedOwnership = 7,

    /// <summary>It changed its industry.</summary>
    Reclassified = 8,
}

/// <summary>More enterprises were in a place than an explanation takes apart.</summary>
[GenerateSerializer, Alias("ClusterPulse.TooManyEnterprises")]
public sealed class TooManyEnterprisesException : Exception
{
    public TooManyEnterprisesException()
    {
    }

    public TooManyEnterprisesException(string message) : base(message)
    {
    }

    public TooManyEnterprisesException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>How many there may be.</summary>
    [Id(0)] public int Most { get; init; }
}

/// <summary>Who leaves which place.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ExitQuery")]
public sealed record ExitQuery
{
    [Id(0)] public required string Place { get; init; }

    [Id(1)] public required Leaver Leaver { get; init; }

    /// <summary>ISO 3166 alpha-2 of the source economy, GB/T 4754 division, id of the enterprise, or the investor's name as reported.</summary>
    [Id(2)] public required string Code { get; init; }
}

/// <summary>What leaves.</summary>
public enum Leaver : byte
{
    Source = 1,
    Industry = 2,
    Enterprise = 3,
    Investor = 4,
}

/// <summary>A figure as it is and as it would be.</summary>
/// <param name="Now">As it is.</param>
/// <param name="Without">As it would be in the same month.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SimulatedFigure")]
public sealed record SimulatedFigure([property: Id(0)] PlaceFigure Now, [property: Id(1)] Figure Without);

/// <summary>Into what a change is taken apart.</summary>
public enum ExplainBy : byte
{
    /// <summary>Regions directly below.</summary>
    Children = 1,

    /// <summary>GB/T 4754 divisions.</summary>
    Industries = 2,

    /// <summary>Source economies of FDI.</summary>
    Sources = 3,

    /// <summary>Estates of the region.</summary>
    Estates = 4,

    /// <summary>The sums that the figure is computed from.</summary>
    Operands = 5,

    /// <summary>Single enterprises.</summary>
    Enterprises = 6,
}

/// <summary>How contributions are found.</summary>
public enum ExplainMethod : byte
{
    /// <summary>Of sums: each part's own difference.</summary>
    Difference = 1,

    /// <summary>Of a numerator by a denominator.</summary>
    Ratio = 2,

    /// <summary>Of a sum of squared shares.</summary>
    Herfindahl = 3,

    /// <summary>Shapley value: mean effect over all orders in which parts can change.</summary>
    Shapley = 4,
}

/// <summary>What a part is.</summary>
public enum PartKind : byte
{
    Region = 1,
    Estate = 2,
    Industry = 3,
    Source = 4,
    Operand = 5,

    /// <summary>What lies in none of the named parts.</summary>
    Remainder = 6,

    /// <summary>Parts of little effect, taken together.</summary>
    Others = 7,

    /// <summary>Months that count or do not count because of how complete their reports are.</summary>
    Reporting = 8,

    /// <summary>All of it: the figure has no value while some parts have changed and others not.</summary>
    Undivided = 9,
    Enterprise = 10,

    /// <summary>The rest of those with whom the place is compared: the nation without it, the regions beside it, or a rival.</summary>
    Elsewhere = 11,
}
