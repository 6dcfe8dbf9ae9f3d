using System.Collections.Immutable;
using ClusterPulse.Access;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Which rows of a batch the caller of the request under way may send. One that is not his is rejected by itself; the rest of
/// the batch lands.</summary>
public sealed class RowScope(IHttpContextAccessor request, ReferenceData reference)
{
    private Caller Caller => (request.HttpContext ?? throw new InvalidOperationException("Rows come with requests.")).Caller();

    /// <summary>The row, bound to the caller's divisions; null where its feed is not the caller's.</summary>
    public ReportRow? Admit(ReportRow row, out ImmutableArray<Violation> violations)
    {
        var caller = Caller;
        if (!caller.MaySend(row.Key.Feed))
        {
            violations = [new("feed", row.Key.Feed.Word(), Reasons.NotYourFeed, string.Join(", ", caller.Feeds!.Value.Select(f => f.Word())))];
            return null;
        }
        violations = [];
        return caller.DivisionCodes is { } divisions ? row with { Divisions = divisions } : row;
    }

    /// <summary>The row, bound to the caller's divisions; null where it would move the enterprise out of them.</summary>
    public ProfileRow? Admit(ProfileRow row, out ImmutableArray<Violation> violations)
    {
        var caller = Caller;
        violations = [];
        if (caller.DivisionCodes is not { } divisions)
            return row;
        if (row.Profile.Region.Length > 0 && (!reference.Regions.TryGet(row.Profile.Region, out var region) || !caller.Covers(region)))
        {
            violations = [new("region", row.Profile.Region, Reasons.NotYourDivision, divisions)];
            return null;
        }
        return row with { Divisions = divisions };
    }
}
