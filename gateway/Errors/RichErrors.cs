using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Validation;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace ClusterPulse.Gateway.Errors;

/// <summary>Errors as <c>google.rpc.Status</c> with details: which field, which value, which rule, what to do, in both languages.</summary>
public static class RichErrors
{
    private const string Domain = "clusterpulse";
    private const int LongestValue = 200;
    private static readonly Duration RetryDelay = new() { Seconds = 1 };
    private static readonly Duration BusyDelay = new() { Seconds = 5 };

    /// <summary>INVALID_ARGUMENT for fields of the request itself.</summary>
    public static RpcException Invalid(params IReadOnlyList<Violation> violations)
    {
        var details = new BadRequest();
        foreach (var violation in violations)
        {
            var reason = ReasonCatalogue.Find(violation.Reason);
            // An answer's header is short.
            var value = PlainText.Shown(PlainText.Cut(violation.Value, LongestValue));
            details.FieldViolations.Add(new BadRequest.Types.FieldViolation
            {
                Field = violation.Field,
                Description = $"'{value}': {reason.RuleEn} {reason.AdviceEn}",
                Reason = violation.Reason,
                LocalizedMessage = new() { Locale = "zh-CN", Message = $"“{value}”：{reason.RuleZh}{reason.AdviceZh}" },
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

    /// <summary>NOT_FOUND, with what to do about it.</summary>
    public static RpcException NotFound(string name, string advice, string adviceZh) => new Status
    {
        Code = (int)Code.NotFound,
        Message = $"{name} does not exist. {advice}",
        Details = { Any.Pack(new ResourceInfo { ResourceName = name }), Localized($"{name} 不存在。{adviceZh}") },
    }.ToRpcException();

    /// <summary>A request that is well formed but does not fit what there is.</summary>
    public static RpcException Conflict(Code code, string message, string messageZh) => Plain(code, message, messageZh).ToRpcException();

    /// <summary>PERMISSION_DENIED: the caller may not see it.</summary>
    public static RpcException Denied(string message, string messageZh) => Plain(Code.PermissionDenied, message, messageZh).ToRpcException();

    /// <summary>UNAVAILABLE with a retry delay: nothing is lost, the same again can succeed.</summary>
    public static Status Unavailable(string what, string whatZh)
    {
        var status = Plain(
            Code.Unavailable, $"{what}. Nothing acknowledged is lost; send the same again after a second.", $"{whatZh}。已确认的数据不会丢失，请于一秒后原样重发。");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = RetryDelay }));
        return status;
    }

    /// <summary>RESOURCE_EXHAUSTED with a retry delay, for a stream that would begin now.</summary>
    public static RpcException Exhausted(int waiting)
    {
        var status = Plain(
            Code.ResourceExhausted, $"{waiting} batches wait for the store already. Nothing was taken; begin again after a while.",
            $"已有 {waiting} 个批次等待入库。本次未接收任何数据，请稍后再试。");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = BusyDelay }));
        return status.ToRpcException();
    }

    /// <summary>RESOURCE_EXHAUSTED with a retry delay, for a sender of whom a great many rows wait already.</summary>
    public static RpcException TooFast(int rowsPerSecond)
    {
        var status = Plain(
            Code.ResourceExhausted,
            $"A bureau may send {rowsPerSecond} rows a second, and a great many of yours wait already. Nothing of this message was taken; send it again after a while.",
            $"每个统计机构每秒至多报送 {rowsPerSecond} 行，且已有大量数据在等待。本条消息未被接收，请稍后重发。");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = BusyDelay }));
        return status.ToRpcException();
    }

    /// <summary>INVALID_ARGUMENT for a message that holds too much; null where it does not.</summary>
    public static Status? TooLarge(int rows, int bytes, int mostRows, int mostBytes) => rows <= mostRows && bytes <= mostBytes
        ? null
        : Plain(
            Code.InvalidArgument,
            $"A message has at most {mostRows} rows and {mostBytes >> 20} MiB; this one has {rows} rows and {bytes} bytes. Send smaller ones.",
            $"每条消息至多 {mostRows} 行、{mostBytes >> 20} MiB；本条 {rows} 行、{bytes} 字节。请减小每条消息。");

    /// <summary>INVALID_ARGUMENT for bytes that are no message of the method.</summary>
    public static Status Unreadable() => Plain(
        Code.InvalidArgument,
        "The bytes are no message of this method: cut off, not UTF-8, or nested too deeply. Nothing of it was taken; send it as the proto files say.",
        "收到的字节不是该方法的消息：被截断、不是 UTF-8 或嵌套过深。未接收任何数据，请按 proto 文件发送。");

    /// <summary>OUT_OF_RANGE with the offset that is expected.</summary>
    public static Status OutOfRange(long offset, long expected) => new()
    {
        Code = (int)Code.OutOfRange,
        Message = $"The batch begins at row {offset}, but rows from {expected} on are missing. Go on at {expected}.",
        Details =
        {
            Localized($"本批自第 {offset} 行起，但第 {expected} 行起的数据尚未收到。请从第 {expected} 行继续。"),
            Any.Pack(new ErrorInfo
            {
                Reason = "UNEXPECTED_OFFSET",
                Domain = Domain,
                Metadata = { ["expected_offset"] = expected.ToString(CultureInfo.InvariantCulture) },
            }),
        },
    };

    /// <summary>Whether trying the same again can help: the store or a silo is away.</summary>
    /// <remarks>A grain call that is cancelled though nobody here has cancelled it met a grain directory in motion.</remarks>
    public static bool IsTransient(Exception e) => e is StoreUnavailableException or WriterFencedException or TimeoutException
        or OperationCanceledException or Orleans.Runtime.OrleansException;

    private static Status Plain(Code code, string message, string messageZh) =>
        new() { Code = (int)code, Message = message, Details = { Localized(messageZh) } };

    /// <summary>The status's own message is in English.</summary>
    private static Any Localized(string zh) => Any.Pack(new LocalizedMessage { Locale = "zh-CN", Message = zh });
}
