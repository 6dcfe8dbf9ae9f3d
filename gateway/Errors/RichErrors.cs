using ClusterPulse.Facts;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace ClusterPulse.Gateway.Errors;

/// <summary>Errors as <c>google.rpc.Status</c> with details: which field, which value, which rule, what to do, in both languages.</summary>
public static class RichErrors
{
    private const string Domain = "clusterpulse";
    private static readonly Duration RetryDelay = new() { Seconds = 1 };

    /// <summary>INVALID_ARGUMENT for fields of the request itself.</summary>
    public static RpcException Invalid(params IReadOnlyList<Violation> violations)
    {
        var details = new BadRequest();
        foreach (var violation in violations)
        {
            var reason = ReasonCatalogue.Find(violation.Reason);
            details.FieldViolations.Add(new BadRequest.Types.FieldViolation
            {
                Field = violation.Field,
                Description = $"'{violation.Value}': {reason.RuleEn} {reason.AdviceEn}",
                Reason = violation.Reason,
                LocalizedMessage = new() { Locale = "zh-CN", Message = $"“{violation.Value}”：{reason.RuleZh}{reason.AdviceZh}" },
            });
        }
        var first = details.FieldViolations[0];
        return new Status
        {
            Code = (int)Code.InvalidArgument,
            Message = $"{first.Field}: {first.Description}",
            Details = { Any.Pack(details) },
        }.ToRpcException();
    }

    public static RpcException NotFound(string name, string advice) => Plain(Code.NotFound, $"{name} does not exist. {advice}");

    public static RpcException Conflict(Code code, string message) => Plain(code, message);

    /// <summary>UNAVAILABLE with a retry delay: nothing is lost, the same again can succeed.</summary>
    public static Status Unavailable(string what) => new()
    {
        Code = (int)Code.Unavailable,
        Message = $"{what}. Nothing acknowledged is lost; send the same again after a second.",
        Details = { Any.Pack(new RetryInfo { RetryDelay = RetryDelay }) },
    };

    /// <summary>OUT_OF_RANGE with the offset that is expected.</summary>
    public static Status OutOfRange(long offset, long expected) => new()
    {
        Code = (int)Code.OutOfRange,
        Message = $"The batch begins at row {offset}, but rows from {expected} on are missing. Go on at {expected}.",
        Details =
        {
            Any.Pack(new ErrorInfo
            {
                Reason = "UNEXPECTED_OFFSET",
                Domain = Domain,
                Metadata = { ["expected_offset"] = expected.ToString(null, null) },
            }),
        },
    };

    /// <summary>Whether trying the same again can help: the store or a silo is away.</summary>
    public static bool IsTransient(Exception e) => e is StoreUnavailableException or WriterFencedException or TimeoutException
        or Orleans.Runtime.OrleansException;

    private static RpcException Plain(Code code, string message) =>
        new Status { Code = (int)code, Message = message }.ToRpcException();
}
