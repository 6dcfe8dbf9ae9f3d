using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using Google.Protobuf.Collections;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Months in requests.</summary>
internal static class Months
{
    /// <summary>Null where nothing is given.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not a month.</exception>
    public static Month? Optional(string field, string value) =>
        value.Length == 0 ? null
        : Month.TryParse(value, out var month) ? month
        : throw RichErrors.Invalid(new Violation(field, value, Reasons.MalformedPeriod));

    /// <summary>A month that must be given and may not be too early; what is wrong goes to the list.</summary>
    public static Month Required(string field, string value, ICollection<Violation> wrong)
    {
        if (!Month.TryParse(value, out var month))
            wrong.Add(new(field, value, value.Length == 0 ? Reasons.MissingField : Reasons.MalformedPeriod));
        else if (month < Month.Earliest)
            wrong.Add(new(field, value, Reasons.PeriodTooEarly));
        return month;
    }
}

/// <summary>Masks of updates.</summary>
internal static class Masks
{
    /// <summary>Fields to take over: all where none is named. What every resource names anyway may stand in a mask too.</summary>
    /// <exception cref="Grpc.Core.RpcException">One is not a field that can be changed.</exception>
    public static IReadOnlyCollection<string> Of(RepeatedField<string>? mask, IReadOnlyCollection<string> fields)
    {
        if (mask is null or [] || mask.Contains("*"))
            return fields;
        var unknown = mask.FirstOrDefault(p => !fields.Contains(p) && p is not ("name" or "etag"));
        return unknown is null ? mask : throw RichErrors.Invalid(new Violation("update_mask", unknown, Reasons.UnknownField));
    }
}

/// <summary>Etags: the number of the version.</summary>
internal static class Etags
{
    public static string Of(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version that an etag names; null where it is empty, −1 for one that nobody gave out.</summary>
    public static long? Version(string etag) =>
        etag.Length == 0 ? null : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
}
