using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Names of bureaus and submissions.</summary>
internal static class SubmissionName
{
    private const string BureauPrefix = "bureaus/";
    private const string RequestPrefix = "request-";
    private const int LongestBureau = 60;
    private const int LongestSubmission = 100;

    /// <summary>Grain key.</summary>
    public static string Key(string bureau, string submission) => $"{bureau}/{submission}";

    /// <summary>Stands for all submissions of a bureau.</summary>
    public const string Any = "-";

    /// <summary>Name of the receipt of the batch that begins at an offset.</summary>
    public static string OfReceipt(string submission, long offset) => string.Create(CultureInfo.InvariantCulture, $"{submission}/receipts/{offset}");

    public static string Of(string bureau, string id) => $"bureaus/{bureau}/submissions/{id}";

    /// <exception cref="Grpc.Core.RpcException">It is not <c>bureaus/{bureau}/submissions/{submission}/receipts/{offset}</c>.</exception>
    public static (string Bureau, string Id, long Offset) ParseReceipt(string field, string name)
    {
        const string Middle = "/receipts/";
        var at = name.LastIndexOf(Middle, StringComparison.Ordinal);
        if (at < 0 || !long.TryParse(name.AsSpan(at + Middle.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedReceipt));
        var (bureau, id) = Parse(field, name[..at]);
        return (bureau, id, offset);
    }

    /// <exception cref="Grpc.Core.RpcException">It is not <c>bureaus/{bureau}</c>.</exception>
    public static string Bureau(string field, string name)
    {
        if (name.StartsWith(BureauPrefix, StringComparison.Ordinal) && IsId(name.AsSpan(BureauPrefix.Length), LongestBureau, "-"))
            return name[BureauPrefix.Length..];
        throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedBureau));
    }

    /// <summary>The id of a submission to be created.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not an id of a submission, or stands for all.</exception>
    public static string NewId(string field, string id) => id != Any ? Id(field, id) : throw Malformed(field, id);

    /// <summary>The submission of a request that comes without one. UUIDs are often written in upper case.</summary>
    /// <exception cref="Grpc.Core.RpcException">It cannot be part of an id.</exception>
    public static string OfRequest(string requestId) =>
        RequestPrefix.Length + requestId.Length <= LongestSubmission && IsId(requestId.ToLowerInvariant(), LongestSubmission, "-_.")
            ? RequestPrefix + requestId.ToLowerInvariant()
            : throw RichErrors.Invalid(new Violation("request_id", requestId, Reasons.MalformedRequestId));

    /// <exception cref="Grpc.Core.RpcException">It is not <c>bureaus/{bureau}/submissions/{submission}</c>.</exception>
    public static (string Bureau, string Id) Parse(string field, string name)
    {
        const string Middle = "/submissions/";
        var at = name.IndexOf(Middle, StringComparison.Ordinal);
        if (at < 0)
            throw Malformed(field, name);
        return (Bureau(field, name[..at]), Id(field, name[(at + Middle.Length)..]));
    }

    private static string Id(string field, string id) => IsId(id, LongestSubmission, "-_.") ? id : throw Malformed(field, id);

    private static Grpc.Core.RpcException Malformed(string field, string value) =>
        RichErrors.Invalid(new Violation(field, value, Reasons.MalformedSubmission));

    private static bool IsId(ReadOnlySpan<char> id, int longest, ReadOnlySpan<char> others)
    {
        if (id.Length == 0 || id.Length > longest)
            return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && !others.Contains(c))
                return false;
        }
        return true;
    }
}
