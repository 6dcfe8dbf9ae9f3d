using System.CommandLine;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>Has aggregates made anew from the facts.</summary>
internal sealed class RebuildCommand : ServerCommand
{
    private readonly Argument<string> _place = PlaceArgument.Create("with everything below it; without it everything is rebuilt");

    public RebuildCommand() : base(
        "rebuild", "Make aggregates anew from the facts · 重建, after an audit found differences. Reports go on meanwhile") => Add(_place);

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var place = parsed.GetRequiredValue(_place);
        using var call = new AdminService.AdminServiceClient(session.Channel).RebuildAggregates(new() { Name = place }, cancellationToken: cancellation);
        try
        {
            var last = await session.FollowAsync($"rebuild of {PlaceArgument.Words(place)}", call, m => m.Progress, cancellation);
            session.Output.Print(last, console => console.WriteLine(
                $"Rebuilt {PlaceArgument.Words(place)} · 已重建: {last.Places} places from the facts of {last.Enterprises} enterprises."));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(place);
        }
    }
}
