using System.CommandLine;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>Has changed aggregates stored now.</summary>
internal sealed class CheckpointCommand() : ServerCommand(
    "checkpoint", "Store changed aggregates now and make settled figures known to history · 检查点. The server does so by itself every minute")
{
    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await new AdminService.AdminServiceClient(session.Channel).CheckpointAsync(new(), cancellationToken: cancellation);
        session.Output.Print(answer, console => console.WriteLine($"Stored {answer.Places} places that had changed · 检查点已写入。"));
        return ExitCode.Done;
    }
}
