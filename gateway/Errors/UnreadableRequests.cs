using System.Globalization;
using ClusterPulse.Access;
using Google.Rpc;

namespace ClusterPulse.Gateway.Errors;

/// <summary>
/// Bytes that are no message of their method are the caller's mistake. The framework finds that out before any interceptor runs and
/// answers UNKNOWN, as if the server had failed; here it becomes INVALID_ARGUMENT.
/// </summary>
internal static class UnreadableRequests
{
    private static readonly string Unknown = ((int)Code.Unknown).ToString(CultureInfo.InvariantCulture);
    private static readonly object WasRead = new();

    /// <summary>The request was read: what goes wrong from now on is something else.</summary>
    public static void MarkRead(HttpContext context) => context.Items[WasRead] = true;

    public static IApplicationBuilder UseUnreadableRequests(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        // Without a single message, the status is in the header.
        if (!context.Response.HasStarted && !context.Items.ContainsKey(WasRead) && context.Response.Headers[StatusHeaders.Number] == Unknown)
            StatusHeaders.Write(context.Response, RichErrors.Unreadable());
    });
}
