using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Validation;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Names of reports: <c>enterprises/{e}/reports/{feed}.{period}</c>.</summary>
internal static class ReportName
{
    /// <exception cref="Grpc.Core.RpcException">It is something else.</exception>
    public static (string Enterprise, ReportKey Key) Parse(string field, string name)
    {
        const string Middle = "/reports/";
        var at = name.IndexOf(Middle, StringComparison.Ordinal);
        var dot = name.LastIndexOf('.');
        if (at > 0 && dot > at
            && EnterpriseName.Parse(name[..at]).Id is { } enterprise
            && VocabularyWords.TryParseFeed(name[(at + Middle.Length)..dot], out var feed)
            && Month.TryParse(name.AsSpan(dot + 1), out var period))
        {
            return (enterprise, new(feed, period));
        }
        throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedName));
    }
}
