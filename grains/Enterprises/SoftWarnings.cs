using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Enterprises;

/// <summary>What the sender of a suspect report is told.</summary>
public static class SoftWarnings
{
    /// <summary>The warning about a report that has just been taken; null: none.</summary>
    public static Violation? Of(EnterpriseState state, ReportKey key)
    {
        if (SoftChecks.Open(state, key.Feed, key.Period) is not { } suspicion)
            return null;
        var field = key.Feed == Feed.Employment ? "employment.persons" : key.Feed.Word() + ".value.minor_units";
        // One reason for all checks: gateways of the build before know it, and would fail at one that they do not know.
        return new(field, Text(suspicion.Value), Reasons.UnusualChange, Text(suspicion.Reference));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
