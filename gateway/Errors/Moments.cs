using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Gateway.Errors;

/// <summary>Moments and lengths of time that requests name.</summary>
internal static class Moments
{
    /// <summary>A moment; null where none is given.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is outside the years 1 to 9999.</exception>
    public static DateTimeOffset? Optional(string field, Timestamp? moment)
    {
        if (moment is null)
            return null;
        try
        {
            return moment.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw RichErrors.Invalid(new Violation(field, $"{moment.Seconds} s {moment.Nanos} ns", Reasons.OutOfBounds));
        }
    }

    /// <summary>A length of time; null where none is given.</summary>
    /// <exception cref="Grpc.Core.RpcException">Its seconds and nanoseconds do not have the same sign, or are too many.</exception>
    public static TimeSpan? Optional(string field, Duration? length)
    {
        if (length is null)
            return null;
        try
        {
            return length.ToTimeSpan();
        }
        catch (Exception e) when (e is InvalidOperationException or OverflowException)
        {
            throw RichErrors.Invalid(new Violation(field, $"{length.Seconds} s {length.Nanos} ns", Reasons.OutOfBounds));
        }
    }
}
