using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Enterprises;

/// <summary>What becomes of a row.</summary>
/// <param name="Outcome">Accepted or revised: store <paramref name="Report"/>.</param>
/// <param name="Report">Null where nothing changes.</param>
/// <param name="Violations">Why it is rejected.</param>
/// <param name="Warnings">What is odd about it.</param>
public readonly record struct ReportDecision(
    RowOutcome Outcome, StoredReport? Report, ImmutableArray<Violation> Violations, ImmutableArray<Violation> Warnings);

/// <summary>Which revision counts: the highest; the same content again is a duplicate; the same revision with other content
/// is a conflict. Pure.</summary>
public static class ReportRules
{
    public static ReportDecision Decide(EnterpriseState state, ReportRow row, ReportOrigin origin)
    {
        if (state.ProfileVersion == 0)
            return Rejected(new("enterprise", row.Enterprise, Reasons.UnregisteredEnterprise));
        if (state.ProfileAt(row.Key.Period) is not { } profile)
        {
            var since = state.Profiles.Length > 0 ? state.Profiles[0].ValidFrom.ToString() : "";
            return Rejected(new("period", row.Key.Period.ToString(), Reasons.NotRegisteredInPeriod, since));
        }
        var hash = ContentHash.Of(row.Content);
        var current = state.Reports.Find(row.Key.Feed, row.Key.Period);
        if (current is not null)
        {
            // Rows of one submission land in order, so an earlier row of the same one is in already.
            if (current.Origin.Bureau == origin.Bureau && current.Origin.Submission == origin.Submission && origin.Row <= current.Origin.Row)
                return origin.Row == current.Origin.Row ? Again(current, row.Warnings) : Unchanged(row.Warnings);
            if (row.Revision == current.Revision)
            {
                if (hash != current.ContentHash)
                    return Rejected(Conflict(row, current));
                return Unchanged(current.Withdrawn ? row.Warnings.Add(new("revision", Text(row.Revision), Reasons.WithdrawnRevision)) : row.Warnings);
            }
            if (row.Revision != 0 && row.Revision < current.Revision)
                return Unchanged(row.Warnings.Add(new("revision", Text(row.Revision), Reasons.SupersededRevision, Text(current.Revision))));
            if (row.Revision == 0 && !current.Withdrawn && hash == current.ContentHash)
                return Unchanged(row.Warnings);
        }
        var revision = row.Revision != 0 ? row.Revision : (current?.Revision ?? 0) + 1;
        var report = new StoredReport { Revision = revision, Content = row.Content, Origin = origin, ContentHash = hash };
        var outcome = current is null || current.Withdrawn ? RowOutcome.Accepted : RowOutcome.Revised;
        return new(outcome, report, [], Warnings(profile, row));
    }

    private static ImmutableArray<Violation> Warnings(Profile profile, ReportRow row) => profile.Ownership.IsObliged(row.Key.Feed)
        ? row.Warnings
        : row.Warnings.Add(new("feed", row.Key.Feed.Word(), Reasons.NotObliged));

    private static long Total(ReportContent content)
    {
        var total = 0L;
        foreach (var line in content.Lines)
            total += line.Amount;
        return total;
    }

    private static Violation Conflict(ReportRow row, StoredReport current) => new(
        "revision",
        Text(row.Revision),
        Reasons.ConflictingRevision,
        string.Create(CultureInfo.InvariantCulture,
            $"stored: {Total(current.Content)} by bureaus/{current.Origin.Bureau} (submission {current.Origin.Submission}, row {current.Origin.Row}); sent: {Total(row.Content)}"));

    private static ReportDecision Rejected(Violation violation) => new(RowOutcome.Rejected, null, [violation], []);

    /// <summary>This very row is stored, and whoever sent it has not heard: it is told what was told to nobody.</summary>
    private static ReportDecision Again(StoredReport stored, ImmutableArray<Violation> warnings) =>
        new(stored.Revision > 1 ? RowOutcome.Revised : RowOutcome.Accepted, null, [], warnings);

    private static ReportDecision Unchanged(ImmutableArray<Violation> warnings) => new(RowOutcome.Duplicate, null, [], warnings);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
