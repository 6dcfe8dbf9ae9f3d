using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>Has aggregates made anew from the facts.</summary>
internal sealed class RebuildCommand : ServerCommand
{
    private readonly Argument<string> _place = PlaceArgument.Create(
        "连同其下各级；省略则重建全部", "with everything below it; without it everything is rebuilt");

    public RebuildCommand() : base(
        "rebuild",
        Words.Of(
            """
            由明细重建汇总

            用于核对发现差异之后；其间报送照常进行。

            示例：clusterpulse rebuild regions/3205
            """,
            """
            Make aggregates anew from the facts

            For after an audit found differences. Reports go on meanwhile.

            Example: clusterpulse rebuild regions/3205
            """)) => Add(_place);

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var place = parsed.GetRequiredValue(_place);
        using var call = new AdminService.AdminServiceClient(session.Channel).RebuildAggregates(new() { Name = place }, cancellationToken: cancellation);
        try
        {
            var last = await session.FollowAsync(Words.Of($"重建{PlaceArgument.Said(place)}", $"rebuild of {PlaceArgument.Said(place)}"), call, m => m.Progress, cancellation);
            session.Output.Print(last, console => console.WriteLine(
                Words.Of(
                $"已重建{PlaceArgument.Said(place)}：由 {last.Enterprises} 家企业的明细重建 {last.Places} 个地区。",
                $"Rebuilt {PlaceArgument.Said(place)}: {last.Places} places from the facts of {last.Enterprises} enterprises.")));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(place);
        }
    }
}
