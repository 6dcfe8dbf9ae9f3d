using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Administration;

/// <summary>Has every aggregate recomputed from the facts and compared.</summary>
internal sealed class AuditCommand : ServerCommand
{
    private readonly Argument<string> _place = PlaceArgument.Create("省略则核对全部", "without it everything is compared");

    private readonly Option<string[]> _list = new("--list")
    {
        Description = Words.Of(
            "列出该地每个被核对的数字，产品与 SQL 各自的结果；可多次给出",
            "Print every compared figure of this place, as the product and as the SQL have it; can be given several times"),
        HelpName = "place",
        DefaultValueFactory = _ => [],
    };

    public AuditCommand() : base(
        "audit",
        Words.Of(
            """
            以独立 SQL 由明细重算汇总并核对

            发现差异时以 1 退出。

            示例：clusterpulse audit
            clusterpulse audit --list regions/3205 --list regions/33
            """,
            """
            Recompute aggregates from the facts by independent SQL and compare

            Ends with 1 where anything differs.

            Example: clusterpulse audit
            clusterpulse audit --list regions/3205 --list regions/33
            """))
    {
        Add(_place);
        Add(_list);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var place = parsed.GetRequiredValue(_place);
        var listed = parsed.GetRequiredValue(_list);
        using var call = new AdminService.AdminServiceClient(session.Channel).RunAudit(
            new() { Name = place, Listed = { listed } }, cancellationToken: cancellation);
        try
        {
            var last = await session.FollowAsync(Words.Of($"核对{PlaceArgument.Said(place)}", $"audit of {PlaceArgument.Said(place)}"), call, m => m.Progress, cancellation);
            var findings = new AuditFindings(place, last.Result ?? throw ServerSession.NoResult());
            session.Output.Print(last.Result, findings.Show);
            return findings.Differences == 0 ? ExitCode.Done : ExitCode.Differences;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(string.Join("' or '", listed.Append(place).Where(p => p.Length > 0)));
        }
    }
}
