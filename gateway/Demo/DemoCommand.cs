using System.Diagnostics;
using System.Globalization;
using ClusterPulse.Demo;
using ClusterPulse.Gateway.AllInOne;
using Grpc.Core;
using Grpc.Net.Client;
using Spectre.Console;

namespace ClusterPulse.Gateway.Demo;

/// <summary>The demo: starts everything in this process, streams the demo data through its own gRPC endpoint, prints what came of
/// it, and goes on serving.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(AllInOneOptions options, bool exit, CancellationToken cancellation)
    {
        var console = DemoConsole.Create();
        var clock = Stopwatch.StartNew();
        var demo = options with { AsOf = DemoWorld.AsOf, FirstPeriod = "2003-01", Quiet = true };
        await using var app = AllInOneApp.Build(demo);
        await app.StartAsync(cancellation);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{options.GrpcPort}");
        try
        {
            var world = new DemoWorld();
            await new DemoSender(channel, world, console).SendAsync(cancellation);
            var picture = await DemoPicture.ReadAsync(channel, cancellation);
            DemoReport.Print(console, picture);
        }
        catch (RpcException e)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]The demo stopped: {e.Status.Detail}[/] Start it again: it goes on where it was.");
            return 1;
        }
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Ready after {clock.Elapsed.TotalSeconds:F0} s. The store is in {options.Data}; starting again changes no figure.");
        if (!exit)
        {
            DemoReport.PrintNext(console, options);
            await app.WaitForShutdownAsync(cancellation);
        }
        await app.StopAsync(CancellationToken.None);
        return 0;
    }
}
