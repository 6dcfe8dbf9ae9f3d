using System.Net.Sockets;
using System.Security.Authentication;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Cli.Server;

/// <summary>Says in plain words why a call failed.</summary>
internal static class ServerFailure
{
    /// <summary>Why, and what to do.</summary>
    /// <param name="failure">How the call ended.</param>
    /// <param name="server">Who was asked.</param>
    /// <param name="heard">The server had begun to answer.</param>
    public static CommandFailure Explain(RpcException failure, Uri server, bool heard)
    {
        var address = server.GetLeftPart(UriPartial.Authority);
        // Where this side noticed the trouble, there is an exception of this side.
        if (failure.Status.DebugException is { } cause)
            return heard ? Broken(address) : Unreachable(address, cause);
        return failure.StatusCode switch
        {
            StatusCode.Unavailable => new(
                $"{address} cannot do it now: {Message(failure)}",
                "Wait a few seconds and run the command again. If it stays so, look at the server's /healthz and its log: the store may be full, locked or away."),
            StatusCode.Unimplemented => new(
                $"{address} does not know this command.", "It is an older ClusterPulse, or another program: check --server."),
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => new(
                $"{address} does not allow it: {Message(failure)}", "Ask the operator of the server for the permission."),
            StatusCode.Unknown or StatusCode.Internal => new(
                $"{address} failed: {Message(failure)}", "This is a fault of the server. Its log says more; please report it."),
            _ => new($"{address} refuses: {Message(failure)}", "Correct the arguments; --help tells what a command takes."),
        };
    }

    private static CommandFailure Broken(string address) => new(
        $"The connection to {address} broke before the answer was complete.",
        "What the server has begun it goes on with, unless it was stopped. Run the command again to see how it ended.");

    private static CommandFailure Unreachable(string address, Exception cause)
    {
        var reasons = Chain(cause).ToList();
        if (reasons.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return new(
                $"No server answers at {address}: {socket.Message}.",
                $"Start it (dotnet run -c Release --project gateway), or name another one with --server or {ServerOption.Variable}.");
        }
        if (reasons.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
            return new($"No safe connection to {address}: {tls.Message}", "Check whether the address begins with http or https, and the server's certificate.");
        return new(
            $"What answers at {address} does not speak gRPC: {reasons[^1].Message}",
            "Name the port for gRPC (5001 unless it was set otherwise), not that of the web addresses (5000).");
    }

    /// <summary>The server's own words, and its Chinese ones where it has them.</summary>
    private static string Message(RpcException failure) =>
        failure.GetRpcStatus()?.GetDetail<LocalizedMessage>() is { } localized ? $"{failure.Status.Detail}\n{localized.Message}" : failure.Status.Detail;

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
