using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>Has changed aggregates stored now.</summary>
internal sealed class CheckpointCommand() : ServerCommand(
    "checkpoint",
    Words.Of(
        """
        立即保存有变动的汇总，并将已定的数字记入历史

        服务器每分钟自行保存。

        示例：clusterpulse checkpoint
        """,
        """
        Store changed aggregates now and make settled figures known to history

        The server does so by itself every minute.

        Example: clusterpulse checkpoint
        """))
{
    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await new AdminService.AdminServiceClient(session.Channel).CheckpointAsync(new(), cancellationToken: cancellation);
        session.Output.Print(answer, console => console.WriteLine(Words.Of($"已保存 {answer.Places} 个有变动的地区。", $"Stored {answer.Places} places that had changed.")));
        return ExitCode.Done;
    }
}
