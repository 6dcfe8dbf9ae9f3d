using System.Net.Sockets;
using System.Security.Authentication;
using ClusterPulse.Cli.Language;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Cli.Server;

/// <summary>Says in plain words why a call failed.</summary>
internal static class ServerFailure
{
    /// <summary>What this side itself said in the midst of a call, as of a login that has ended; null: it said nothing.</summary>
    public static CommandFailure? Own(RpcException failure) => Chain(failure.Status.DebugException).OfType<CommandFailure>().FirstOrDefault();

    /// <summary>This side itself refused to call: the same again would be refused again, though it looks like a transport that broke.</summary>
    public static bool IsOwnRefusal(RpcException failure) => Own(failure) is { Code: not ExitCode.ServerLost };

    /// <summary>Why, and what to do.</summary>
    /// <param name="failure">How the call ended.</param>
    /// <param name="server">Who was asked.</param>
    /// <param name="heard">The server had begun to answer.</param>
    public static CommandFailure Explain(RpcException failure, Uri server, bool heard)
    {
        if (Own(failure) is { } own)
            return own;
        var address = server.GetLeftPart(UriPartial.Authority);
        // Where this side noticed the trouble, there is an exception of this side.
        if (failure.Status.DebugException is { } cause)
            return heard ? Broken(address) : Unreachable(address, cause);
        var said = Message(failure);
        return failure.StatusCode switch
        {
            StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted => new(
                Words.Of($"{address} 暂时无法处理：{said}", $"{address} cannot do it now: {said}"),
                Words.Of(
                    "请过几秒再次运行。若一直如此，请查看服务器的 /healthz 和日志：存储可能已满、被锁或不可用。",
                    "Wait a few seconds and run the command again. If it stays so, look at the server's /healthz and its log: the store may be full, locked or away."),
                ExitCode.ServerLost),
            StatusCode.Unimplemented => new(
                Words.Of($"{address} 不认识此命令。", $"{address} does not know this command."),
                Words.Of("它是较旧的 ClusterPulse，或是别的程序：请检查 --server。", "It is an older ClusterPulse, or another program: check --server.")),
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => new(
                Words.Of($"{address} 不允许：{said}", $"{address} does not allow it: {said}"),
                Words.Of("请向服务器的管理员申请权限。", "Ask the operator of the server for the permission."),
                ExitCode.Denied),
            StatusCode.Unknown or StatusCode.Internal => new(
                Words.Of($"{address} 出错：{said}", $"{address} failed: {said}"),
                Words.Of("这是服务器的故障，其日志有详情；请报告。", "This is a fault of the server. Its log says more; please report it.")),
            _ => new(
                Words.Of($"{address} 拒绝：{said}", $"{address} refuses: {said}"),
                Words.Of("请更正参数；--help 显示命令的用法。", "Correct the arguments; --help tells what a command takes.")),
        };
    }

    private static CommandFailure Broken(string address) => new(
        Words.Of($"与 {address} 的连接在应答完成前中断。", $"The connection to {address} broke before the answer was complete."),
        Words.Of(
            "除非服务器被停止，它会继续已开始的工作。请再次运行以查看结果。",
            "What the server has begun it goes on with, unless it was stopped. Run the command again to see how it ended."),
        ExitCode.ServerLost);

    private static CommandFailure Unreachable(string address, Exception cause)
    {
        var reasons = Chain(cause).ToList();
        if (reasons.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return new(
                Words.Of($"{address} 没有服务器应答：{socket.Message}。", $"No server answers at {address}: {socket.Message}."),
                Words.Of(
                    $"请启动服务器（dotnet run -c Release --project gateway），或以 --server 或 {ServerOptions.Variable} 指定另一台。",
                    $"Start it (dotnet run -c Release --project gateway), or name another one with --server or {ServerOptions.Variable}."),
                ExitCode.ServerLost);
        }
        if (reasons.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return new(
                Words.Of($"无法与 {address} 建立安全连接：{tls.Message}", $"No safe connection to {address}: {tls.Message}"),
                Words.Of(
                    "请检查地址应以 http 还是 https 开头，以及服务器的证书。",
                    "Check whether the address begins with http or https, and the server's certificate."),
                ExitCode.ServerLost);
        }
        return new(
            Words.Of($"{address} 的应答不是 gRPC：{reasons[^1].Message}", $"What answers at {address} does not speak gRPC: {reasons[^1].Message}"),
            Words.Of(
                "请指定 gRPC 端口（默认 5001），而非网页端口（5000）。",
                "Name the port for gRPC (5001 unless it was set otherwise), not that of the web addresses (5000)."),
            ExitCode.ServerLost);
    }

    /// <summary>What the server says: its Chinese words where the locale is Chinese and it has them.</summary>
    private static string Message(RpcException failure)
    {
        var status = failure.GetRpcStatus();
        if (!Words.AreChinese)
            return failure.Status.Detail;
        if (status?.GetDetail<LocalizedMessage>() is { Locale: "zh-CN" } localized)
            return localized.Message;
        return status?.GetDetail<BadRequest>() is { FieldViolations.Count: > 0 } bad && bad.FieldViolations.All(v => v.LocalizedMessage is not null)
            ? string.Join('\n', bad.FieldViolations.Select(v => $"{v.Field}：{v.LocalizedMessage.Message}"))
            : failure.Status.Detail;
    }

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
