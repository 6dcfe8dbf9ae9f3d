using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Gateway.Errors;

/// <summary>Moments that requests name.</summary>
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
}
