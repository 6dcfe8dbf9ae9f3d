using System.Globalization;
using Google.Protobuf;
using Google.Rpc;

namespace ClusterPulse.Gateway.Errors;

/// <summary>
/// Bytes that are no message of their method are the caller's mistake. The framework finds that out before any interceptor runs and
/// answers UNKNOWN, as if the server had failed; here it becomes INVALID_ARGUMENT.
/// </summary>
internal static class UnreadableRequests
{
    private const string Status = "grpc-status";
    private static readonly object WasRead = new();

    /// <summary>The request was read: what goes wrong from now on is something else.</summary>
    public static void MarkRead(HttpContext context) => context.Items[WasRead] = true;

    public static IApplicationBuilder UseUnreadableRequests(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        // Without a single message, the status is in the header.
        var headers = context.Response.Headers;
        if (context.Response.HasStarted || context.Items.ContainsKey(WasRead) || headers[Status] != Number(Code.Unknown))
            return;
        var status = RichErrors.Unreadable();
        headers[Status] = Number(Code.InvalidArgument);
        headers["grpc-message"] = Uri.EscapeDataString(status.Message);
        headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
    });

    private static string Number(Code code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
