using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;
using ClusterPulse.Validation;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Obligation = ClusterPulse.Maintenance.Obligation;
using ObligationCount = ClusterPulse.Maintenance.ObligationCount;
using ObligationRule = ClusterPulse.Maintenance.ObligationRule;
using ObligationState = ClusterPulse.Maintenance.ObligationState;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Obligations and their rules as messages.</summary>
internal static class ObligationMessages
{
    private const string RulePrefix = "obligationRules/";
    private const int LongestId = 60;
    private const int MostCodes = 1_000;

    private static readonly string[] Fields =
        ["exempt", "feeds", "enterprises", "regions", "industries", "ownerships", "sizes", "valid_from", "valid_to"];

    public static V1.Obligation ToMessage(Obligation obligation, Month period) => new()
    {
        Enterprise = "enterprises/" + obligation.Enterprise,
        DisplayName = new() { Zh = obligation.NameZh, En = obligation.NameEn },
        Region = obligation.Region,
        Feed = Vocabulary.Feed(obligation.Feed),
        Period = period.ToString(),
        State = (V1.ObligationState)(int)obligation.State,
        Rule = obligation.Rule is { } rule ? RulePrefix + rule : "",
        LastReported = obligation.LastReported?.ToString() ?? "",
        DueDate = Days.Text(obligation.Due),
        ReportTime = obligation.ReportedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
    };

    public static V1.ObligationCount ToMessage(ObligationCount count) => new()
    {
        Feed = Vocabulary.Feed(count.Feed),
        Owed = count.Owed,
        Reported = count.Reported,
        Nil = count.Nil,
        Missing = count.Owed - count.Reported,
        DueDate = Days.Text(count.Due),
        GraceDate = Days.Text(count.Grace),
        NotExpected = count.NotExpected,
    };

    public static V1.ObligationRule ToMessage(ObligationRule rule)
    {
        var message = new V1.ObligationRule
        {
            Name = RulePrefix + rule.Id,
            Exempt = rule.Exempt,
            ValidFrom = rule.ValidFrom?.ToString() ?? "",
            ValidTo = rule.ValidTo?.ToString() ?? "",
            Etag = Etags.Of(rule.Version),
        };
        message.Feeds.AddRange(rule.Feeds.Select(Vocabulary.Feed));
        message.Enterprises.AddRange(rule.Enterprises.Select(e => "enterprises/" + e));
        message.Regions.AddRange(rule.Regions.Select(r => "regions/" + r));
        message.Industries.AddRange(rule.Industries);
        message.Ownerships.AddRange(rule.Ownerships.Select(Vocabulary.Ownership));
        message.Sizes.AddRange(rule.Sizes.Select(Vocabulary.Size));
        return message;
    }

    /// <exception cref="Grpc.Core.RpcException">It is not an id.</exception>
    public static string RuleId(string field, string name)
    {
        var id = name.StartsWith(RulePrefix, StringComparison.Ordinal) ? name[RulePrefix.Length..] : name;
        return id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? id
            : throw RichErrors.Invalid(new Violation(field, name, name.Length == 0 ? Reasons.MissingField : Reasons.MalformedRule));
    }

    /// <summary>A rule as it is to be.</summary>
    /// <param name="held">As it is; for a new one with its id alone.</param>
    /// <param name="rule">As sent.</param>
    /// <param name="mask">Fields to take over; null: all.</param>
    /// <param name="reference">Regions and industries.</param>
    /// <exception cref="Grpc.Core.RpcException">A field is not what it must be.</exception>
    public static ObligationRule FromMessage(ObligationRule held, V1.ObligationRule rule, RepeatedField<string>? mask, ReferenceData reference)
    {
        var fields = Masks.Of(mask, Fields);
        var wrong = new List<Violation>();
        var next = held;
        if (fields.Contains("exempt"))
            next = next with { Exempt = rule.Exempt };
        if (fields.Contains("feeds"))
            next = next with { Feeds = FeedsOf("obligation_rule.feeds", rule.Feeds, wrong) };
        if (fields.Contains("enterprises"))
            next = next with { Enterprises = Each("enterprises", rule.Enterprises, Enterprise, Reasons.MalformedName, wrong, ObligationRule.MostEnterprises) };
        if (fields.Contains("regions"))
            next = next with { Regions = Each("regions", rule.Regions, Region, Reasons.UnknownRegion, wrong) };
        if (fields.Contains("industries"))
            next = next with { Industries = Each("industries", rule.Industries, Industry, Reasons.UnknownIndustry, wrong) };
        if (fields.Contains("ownerships"))
            next = next with { Ownerships = Each("ownerships", rule.Ownerships, Vocabulary.Ownership, Reasons.UnknownOwnership, wrong) };
        if (fields.Contains("sizes"))
            next = next with { Sizes = Each("sizes", rule.Sizes, Size, Reasons.UnknownSize, wrong) };
        if (fields.Contains("valid_from"))
            next = next with { ValidFrom = Months.Optional("obligation_rule.valid_from", rule.ValidFrom) };
        if (fields.Contains("valid_to"))
            next = next with { ValidTo = Months.Optional("obligation_rule.valid_to", rule.ValidTo) };
        if (next.Feeds.IsEmpty && wrong.Count == 0)
            wrong.Add(new("obligation_rule.feeds", "", Reasons.MissingField));
        if (next.ValidTo < next.ValidFrom)
            wrong.Add(new("obligation_rule.valid_to", rule.ValidTo, Reasons.OutOfBounds));
        return wrong.Count == 0 ? next : throw RichErrors.Invalid(wrong);

        string? Region(string name) =>
            reference.Regions.History.Find(name.StartsWith("regions/", StringComparison.Ordinal) ? name["regions/".Length..] : name).Region?.Code;

        string? Industry(string code) => reference.Industries.Classifies(code) ? code : null;

        static string? Enterprise(string name) => EnterpriseName.Parse(name).Id;

        static EnterpriseSize? Size(V1.EnterpriseSize size) => size == V1.EnterpriseSize.Unspecified ? null : Vocabulary.Size(size);
    }

    /// <summary>Feeds that a request names, each once; what is none goes to the list.</summary>
    public static ImmutableArray<Feed> FeedsOf(string field, IEnumerable<V1.Feed> feeds, ICollection<Violation> wrong)
    {
        var known = new SortedSet<Feed>();
        foreach (var feed in feeds)
        {
            if (Vocabulary.Feed(feed) is { } one)
                known.Add(one);
            else
                wrong.Add(new(field, feed.ToString(), Reasons.UnknownFeed));
        }
        return [.. known];
    }

    /// <summary>States that a request names; what is none goes to the list.</summary>
    public static ImmutableArray<ObligationState> StatesOf(IEnumerable<V1.ObligationState> states, ICollection<Violation> wrong)
    {
        var known = new SortedSet<ObligationState>();
        foreach (var state in states)
        {
            if (state != V1.ObligationState.Unspecified && System.Enum.IsDefined(state))
                known.Add((ObligationState)(int)state);
            else
                wrong.Add(new("states", state.ToString(), Reasons.UnknownState));
        }
        return [.. known];
    }

    private static ImmutableArray<string> Each(
        string field, RepeatedField<string> values, Func<string, string?> read, string reason, List<Violation> wrong, int most = MostCodes)
    {
        if (values.Count > most)
            wrong.Add(new("obligation_rule." + field, $"{values.Count}", Reasons.TooMany));
        var known = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (read(value) is { } one)
                known.Add(one);
            else
                wrong.Add(new("obligation_rule." + field, value, reason));
        }
        return [.. known];
    }

    private static ImmutableArray<TTo> Each<TFrom, TTo>(
        string field, IEnumerable<TFrom> values, Func<TFrom, TTo?> read, string reason, List<Violation> wrong) where TFrom : struct where TTo : struct
    {
        var known = new SortedSet<TTo>();
        foreach (var value in values)
        {
            if (read(value) is { } one)
                known.Add(one);
            else
                wrong.Add(new("obligation_rule." + field, value.ToString()!, reason));
        }
        return [.. known];
    }
}
