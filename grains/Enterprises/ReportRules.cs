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
    RowOutcome Outcome, StoredReport? Report, ImmutableArray<Violation> Violations, ImmutableArray<Violation> Warnings)
{
    /// <summary>Store it beside the report that counts; null where nothing is set aside.</summary>
    public AsideReport? Aside { get; init; }
}

/// <summary>Which revision counts: the highest of the nearest bureau, or of the one that the centre chose; what others send is set aside.
/// The same content again is a duplicate; the same revision with other content is a conflict. Pure.</summary>
public static class ReportRules
{
    /// <summary>What becomes of a row.</summary>
    /// <param name="state">Of its enterprise.</param>
    /// <param name="row">The row.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="standing">How near its sender is, <see cref="StoredReport.Standing"/>.</param>
    public static ReportDecision Decide(EnterpriseState state, ReportRow row, ReportOrigin origin, int standing = 0)
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
        if (state.Asides.Length > 0 && IsSetAside(state, row.Key, origin))
            return Again(AnotherCounts(row, current, origin.Bureau));
        var nearer = false;
        if (current is not null && current.Origin.Bureau != origin.Bureau)
        {
            if (!current.Withdrawn && (current.Chosen || standing < current.Standing))
                return SetAside(state, profile, row, new() { Key = row.Key, Revision = 0, Origin = origin, ContentHash = hash, Standing = standing }, current);
            nearer = standing > current.Standing;
        }
        // The revisions of a bureau that is farther away do not bind the one that counts from now on.
        if (current is not null && !nearer)
        {
            // Rows of one submission land in order, so an earlier row of the same one is in already.
            if (current.Origin.Bureau == origin.Bureau && current.Origin.Submission == origin.Submission && origin.Row <= current.Origin.Row)
                return origin.Row == current.Origin.Row ? Again(current, row.Warnings) : Unchanged(row.Warnings);
            if (row.Revision == current.Revision)
            {
                if (hash != current.ContentHash)
                    return Rejected(Conflict(row, Text(Total(current.Content)) + " ", current.Origin));
                return Unchanged(current.Withdrawn ? row.Warnings.Add(new("revision", Text(row.Revision), Reasons.WithdrawnRevision)) : row.Warnings);
            }
            if (row.Revision != 0 && row.Revision < current.Revision)
                return Unchanged(row.Warnings.Add(new("revision", Text(row.Revision), Reasons.SupersededRevision, Text(current.Revision))));
            if (row.Revision == 0 && !current.Withdrawn && hash == current.ContentHash)
                return Unchanged(row.Warnings);
        }
        var next = (current?.Revision ?? 0) + 1;
        var report = new StoredReport
        {
            Revision = nearer ? Math.Max(row.Revision, next) : row.Revision != 0 ? row.Revision : next,
            Content = row.Content,
            Origin = origin,
            ContentHash = hash,
            Standing = standing,
            // Only the chosen bureau gets here, or anybody once its report was taken back.
            Chosen = current is { Chosen: true, Withdrawn: false },
        };
        var outcome = current is null || current.Withdrawn ? RowOutcome.Accepted : RowOutcome.Revised;
        return new(outcome, report, [], Warnings(profile, row));
    }

    /// <summary>Whether this very row, or a later one of its submission, was set aside.</summary>
    private static bool IsSetAside(EnterpriseState state, ReportKey key, ReportOrigin origin)
    {
        foreach (var aside in state.Asides)
        {
            if (aside.Key == key && aside.Origin.Bureau == origin.Bureau && aside.Origin.Submission == origin.Submission && origin.Row <= aside.Origin.Row)
                return true;
        }
        return false;
    }

    /// <summary>The same rules as for what counts, among the bureau's own reports that do not.</summary>
    private static ReportDecision SetAside(EnterpriseState state, Profile profile, ReportRow row, AsideReport report, StoredReport current)
    {
        var warnings = Warnings(profile, row with { Warnings = AnotherCounts(row, current, report.Origin.Bureau) });
        var last = state.LastAside(row.Key, report.Origin.Bureau);
        if (last is not null && row.Revision != 0 && row.Revision <= last.Revision)
        {
            if (row.Revision < last.Revision)
                return Unchanged(warnings.Add(new("revision", Text(row.Revision), Reasons.SupersededRevision, Text(last.Revision))));
            if (report.ContentHash != last.ContentHash)
                return Rejected(Conflict(row, "", last.Origin));
            return Unchanged(last.Withdrawn ? warnings.Add(new("revision", Text(row.Revision), Reasons.WithdrawnRevision)) : warnings);
        }
        if (row.Revision == 0 && last is { Replaced: false } && report.ContentHash == last.ContentHash)
            return Unchanged(warnings);
        var revision = row.Revision != 0 ? row.Revision : (last?.Revision ?? 0) + 1;
        return new(RowOutcome.Accepted, null, [], warnings) { Aside = report with { Revision = revision } };
    }

    private static ImmutableArray<Violation> AnotherCounts(ReportRow row, StoredReport? current, string bureau) => current is { Withdrawn: false } && current.Origin.Bureau != bureau
        ? row.Warnings.Add(new("enterprise", row.Enterprise, Reasons.AnotherBureauCounts, "bureaus/" + current.Origin.Bureau))
        : row.Warnings;

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

    private static Violation Conflict(ReportRow row, string stored, ReportOrigin by) => new(
        "revision",
        Text(row.Revision),
        Reasons.ConflictingRevision,
        string.Create(CultureInfo.InvariantCulture,
            $"stored: {stored}by bureaus/{by.Bureau} (submission {by.Submission}, row {by.Row}); sent: {Total(row.Content)}"));

    private static ReportDecision Rejected(Violation violation) => new(RowOutcome.Rejected, null, [violation], []);

    /// <summary>This very row is stored, and whoever sent it has not heard: it is told what was told to nobody.</summary>
    private static ReportDecision Again(StoredReport stored, ImmutableArray<Violation> warnings) =>
        new(stored.Revision > 1 ? RowOutcome.Revised : RowOutcome.Accepted, null, [], warnings);

    /// <summary>The same of a row that was set aside.</summary>
    private static ReportDecision Again(ImmutableArray<Violation> warnings) => new(RowOutcome.Accepted, null, [], warnings);

    private static ReportDecision Unchanged(ImmutableArray<Violation> warnings) => new(RowOutcome.Duplicate, null, [], warnings);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
