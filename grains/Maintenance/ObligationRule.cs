using System.Collections.Immutable;
using ClusterPulse.Facts;

namespace ClusterPulse.Maintenance;

/// <summary>Who must report feeds, or need not, whatever they have reported before.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ObligationRule")]
public sealed record ObligationRule
{
    /// <summary>Most enterprises that a rule names.</summary>
    public const int MostEnterprises = 5_000;

    [Id(0)] public required string Id { get; init; }

    /// <summary>They need not report; otherwise they must.</summary>
    [Id(1)] public bool Exempt { get; init; }

    [Id(2)] public required ImmutableArray<Feed> Feeds { get; init; }

    /// <summary>Ids of whom it concerns; empty: it does not name them. The same goes for the lists below.</summary>
    [Id(3)] public ImmutableArray<string> Enterprises { get; init; } = [];

    /// <summary>Codes: those in one of them or below.</summary>
    [Id(4)] public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Codes, with all that begin with them.</summary>
    [Id(5)] public ImmutableArray<string> Industries { get; init; } = [];

    [Id(6)] public ImmutableArray<Ownership> Ownerships { get; init; } = [];

    [Id(7)] public ImmutableArray<EnterpriseSize> Sizes { get; init; } = [];

    /// <summary>First month; null: always.</summary>
    [Id(8)] public Month? ValidFrom { get; init; }

    /// <summary>Last month; null: until it is changed.</summary>
    [Id(9)] public Month? ValidTo { get; init; }

    /// <summary>1, 2, 3, … of the rule's id.</summary>
    [Id(10)] public long Version { get; init; }
}

/// <summary>A rule as it is from now on, in the place of the version that it names, 0 for none; another one fails the change.</summary>
/// <param name="Rule">The rule, with the version that it replaces.</param>
/// <param name="Deleted">It is taken back.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reason">Why.</param>
public sealed record ObligationRuleStored(ObligationRule Rule, bool Deleted, string DecidedBy, string Reason) : Change;

/// <summary>Why an enterprise owes a report.</summary>
/// <param name="Owes">It does.</param>
/// <param name="Rule">Id of the rule that says so, or that it does not; null: the default.</param>
public readonly record struct ObligationGround(bool Owes, string? Rule);

/// <summary>
/// Who owes which report. Beside completeness, which expects every active enterprise that its ownership obliges: this one is for
/// the bureau that asks after reports, and can be set. A rule that names the enterprise goes before one that does not; else one that
/// exempts goes before one that obliges. Where no rule speaks, an enterprise owes what it reported in the twelve months before. Pure.
/// </summary>
/// <param name="rules">Rules.</param>
/// <param name="isIn">Whether a region, by code, lies in another or is it.</param>
public sealed class ObligationBook(IEnumerable<ObligationRule> rules, Func<string, string, bool> isIn)
{
    /// <summary>Months in which a report makes the next ones owed.</summary>
    public const int LookBack = 12;

    private readonly ImmutableArray<ObligationRule> _rules =
        [.. rules.OrderBy(r => r.Enterprises.IsEmpty).ThenBy(r => !r.Exempt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>Whether a report is owed.</summary>
    /// <param name="enterprise">Its id.</param>
    /// <param name="profile">What it is in the month.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="period">The month.</param>
    /// <param name="hasReported">It reported the feed in one of the <see cref="LookBack"/> months before.</param>
    public ObligationGround Of(string enterprise, Profile profile, Feed feed, Month period, bool hasReported)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.Closed)
            return default;
        foreach (var rule in _rules)
        {
            if (Concerns(rule, enterprise, profile, feed, period))
                return new(!rule.Exempt, rule.Id);
        }
        return new(hasReported, null);
    }

    private bool Concerns(ObligationRule rule, string enterprise, Profile profile, Feed feed, Month period) =>
        rule.Feeds.Contains(feed)
        && !(rule.ValidFrom > period) && !(rule.ValidTo < period)
        && (rule.Enterprises.IsEmpty || rule.Enterprises.Contains(enterprise))
        && (rule.Ownerships.IsEmpty || rule.Ownerships.Contains(profile.Ownership))
        && (rule.Sizes.IsEmpty || rule.Sizes.Contains(profile.Size))
        && (rule.Industries.IsEmpty || rule.Industries.Any(i => profile.Industry.StartsWith(i, StringComparison.Ordinal)))
        && (rule.Regions.IsEmpty || rule.Regions.Any(r => isIn(profile.Region, r)));
}
