using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Enterprises;

/// <summary>What the sender of a suspect report is told.</summary>
public static class SoftWarnings
{
    /// <summary>The warning about a report that has just been taken; null: none.</summary>
    /// <param name="state">With the report.</param>
    /// <param name="key">The report.</param>
    /// <param name="outlier">What <see cref="PeerValues"/> say of it.</param>
    public static Violation? Of(EnterpriseState state, ReportKey key, Violation? outlier = null)
    {
        if (SoftChecks.Open(state, key.Feed, key.Period) is not { } suspicion)
            return null;
        if (suspicion.Check == SoftCheck.AmongPeers)
            return outlier;
        // One reason for all checks of an enterprise's own values: gateways of the build before know it, and would fail at one that they do not know.
        return new(Field(key.Feed), Text(suspicion.Value), Reasons.UnusualChange, Text(suspicion.Reference));
    }

    /// <summary>Path of the field that has a feed's value.</summary>
    public static string Field(Feed feed) => feed == Feed.Employment ? "employment.persons" : feed.Word() + ".value.minor_units";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
