using System.CommandLine;
using ClusterPulse.Cli.Output;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.Cli.Server;

/// <summary>A command that a server carries out.</summary>
internal abstract class ServerCommand : Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Option<Uri> _server = ServerOption.Create();
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON, the same as the API's; progress and errors go to standard error" };

    protected ServerCommand(string name, string description) : base(name, description)
    {
        Add(_server);
        Add(_json);
        SetAction(RunGuardedAsync);
    }

    protected abstract Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunGuardedAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var server = parsed.GetRequiredValue(_server);
        using var channel = Open(server);
        var session = new ServerSession(channel, new ResultOutput(parsed.GetValue(_json)));
        try
        {
            return (int)await RunAsync(session, parsed, cancellation);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            return Fail(new CommandFailure("Stopped.", "What the server has begun it goes on with."));
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

    private static int Fail(CommandFailure failure)
    {
        Console.Error.WriteLine(failure.Message);
        return (int)ExitCode.NotCarriedOut;
    }

    private static GrpcChannel Open(Uri server) => GrpcChannel.ForAddress(server, new()
    {
        HttpHandler = new SocketsHttpHandler
        {
            ConnectTimeout = Patience,
            // A server that dies without a word during an hour's audit is noticed.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = Patience,
            // Proxies for plain http do not carry HTTP/2.
            UseProxy = server.Scheme == Uri.UriSchemeHttps,
        },
        DisposeHttpClient = true,
    });
}
