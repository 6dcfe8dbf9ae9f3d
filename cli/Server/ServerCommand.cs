using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.Cli.Server;

/// <summary>A command that a server carries out.</summary>
internal abstract class ServerCommand : Command
{
    private const int MostBytes = 64 << 20;
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ServerOptions _server;
    private readonly OutputOptions _output;
    private readonly CredentialOptions _credentials;

    protected ServerCommand(string name, string description) : base(name, description)
    {
        _server = new(this);
        _output = new(this);
        _credentials = new(this);
        SetAction(RunGuardedAsync);
    }

    protected abstract Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunGuardedAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var server = _server.Server(parsed);
        var timeout = _server.Timeout(parsed);
        using var connection = Connection(server);
        HttpMessageHandler handler;
        try
        {
            handler = _credentials.Handler(parsed, server, connection);
        }
        catch (CommandFailure e)
        {
            return Fail(e);
        }
        // Thousands of rejected rows, each with its reasons in two languages, come in one answer.
        using var channel = GrpcChannel.ForAddress(server, new() { HttpHandler = handler, MaxReceiveMessageSize = MostBytes });
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } limit)
            clock.CancelAfter(limit);
        var session = new ServerSession(channel, _output.Of(parsed), cancellation);
        try
        {
            return (int)await RunAsync(session, parsed, clock.Token);
        }
        catch (Exception e) when (clock.IsCancellationRequested && e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            return Fail(cancellation.IsCancellationRequested || timeout is null ? Stopped() : ServerOptions.TimedOut(timeout.Value));
        }
        catch (RpcException e)
        {
            return Fail(ServerFailure.Explain(e, server, session.Heard));
        }
        catch (CommandFailure e)
        {
            return Fail(e);
        }
    }

    private static CommandFailure Stopped() => new(
        Words.Of("已中止。", "Stopped."), Words.Of("服务器会继续已开始的工作。", "What the server has begun it goes on with."), ExitCode.Stopped);

    private static int Fail(CommandFailure failure)
    {
        Console.Error.WriteLine(failure.Message);
        return (int)failure.Code;
    }

    private static SocketsHttpHandler Connection(Uri server) => new()
    {
        ConnectTimeout = Patience,
        // A server that dies without a word during an hour's audit is noticed.
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = Patience,
        // Proxies for plain http do not carry HTTP/2.
        UseProxy = server.Scheme == Uri.UriSchemeHttps,
    };
}
