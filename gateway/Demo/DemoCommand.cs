using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using ClusterPulse.Demo;
using ClusterPulse.Gateway.AllInOne;
using ClusterPulse.Gateway.Cluster;
using Grpc.Core;
using Grpc.Net.Client;
using Spectre.Console;

namespace ClusterPulse.Gateway.Demo;

/// <summary>The demo: starts everything in this process, streams the demo data through its own gRPC endpoint, prints what came of
/// it, and goes on serving.</summary>
internal static class DemoCommand
{
    /// <summary>Everything in this process, with the embedded store.</summary>
    public static Task<int> RunAsync(AllInOneOptions options, DemoCases cases, bool exit, CancellationToken cancellation) => RunAsync(
        AllInOneApp.Build(options with { AsOf = DemoWorld.AsOf, FirstPeriod = "2003-01", Quiet = true }),
        new("127.0.0.1", options.GrpcPort, options.HttpPort), options.Data, cases, exit, cancellation);

    /// <summary>Into a cluster, through a gateway that is started here. Its silos must look at history as of the demo's day.</summary>
    public static Task<int> RunAsync(ClusterGatewayOptions options, DemoCases cases, bool exit, CancellationToken cancellation) => RunAsync(
        ClusterGatewayApp.Build(options with { AsOf = DemoWorld.AsOf }),
        new(options.Address, options.GrpcPort, options.HttpPort), "the cluster's database", cases, exit, cancellation);

    /// <summary>Names of cases, separated by commas.</summary>
    public static DemoCases ParseCases(ArgumentResult argument)
    {
        var cases = DemoCases.None;
        foreach (var word in argument.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!char.IsAsciiLetter(word.FirstOrDefault()) || !Enum.TryParse<DemoCases>(word, ignoreCase: true, out var named) || named == DemoCases.None)
            {
                argument.AddError($"'{word}' is no case of the demo; there are {string.Join(", ", Enum.GetNames<DemoCases>().Skip(1)).ToLowerInvariant()}.");
                return DemoCases.None;
            }
            cases |= named;
        }
        return cases;
    }

    private static async Task<int> RunAsync(WebApplication built, DemoAddress at, string store, DemoCases cases, bool exit, CancellationToken cancellation)
    {
        var console = DemoConsole.Create();
        var clock = Stopwatch.StartNew();
        await using var app = built;
        await app.StartAsync(cancellation);
        using var channel = GrpcChannel.ForAddress($"http://{at.Host}:{at.GrpcPort}");
        try
        {
            var world = new DemoWorld(cases: cases);
            await new DemoSender(channel, world, console).SendAsync(cancellation);
            var picture = await DemoPicture.ReadAsync(channel, cancellation);
            DemoReport.Print(console, picture);
            DemoComparison.Print(console, picture, world.Rates);
        }
        catch (RpcException e)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]The demo stopped: {e.Status.Detail}[/] Start it again: it goes on where it was.");
            return 1;
        }
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Ready after {clock.Elapsed.TotalSeconds:F0} s. The store is in {store}; starting again changes no figure.");
        if (!exit)
        {
            DemoReport.PrintNext(console, at);
            await app.WaitForShutdownAsync(cancellation);
        }
        await app.StopAsync(CancellationToken.None);
        return 0;
    }
}

/// <summary>Where the demo's gateway serves.</summary>
internal sealed record DemoAddress(string Host, int GrpcPort, int HttpPort);
