using ClusterPulse.Reference;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>What clients see of a server that stops, so one that no other test uses.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task Open_streams_end_as_unavailable_when_the_server_stops()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", RunningGateway.AsOf);
        Assert.True(ReferenceData.Load().Regions.TryGet("320583", out var county));
        var ground = new OwnGround(county);
        await ground.PrepareAsync(gateway.Channel);
        using var append = new ReportingService.ReportingServiceClient(gateway.Channel).AppendReports();
        await ground.SendAsync(append, 0, ground.Output("2004-10", 100));
        using var watching = new WatchService.WatchServiceClient(gateway.Channel).WatchHealth(new() { Parents = { ground.Prefecture } });
        await OwnGround.UntilAsync(watching, m => m.EventCase == WatchHealthResponse.EventOneofCase.SnapshotEnd);

        var appendEnd = append.ResponseStream.MoveNext(CancellationToken.None);
        var watchEnd = OwnGround.UntilAsync(watching, _ => false);
        await gateway.TerminateAsync();

        foreach (var end in (Task[])[appendEnd, watchEnd])
        {
            var ended = await Assert.ThrowsAsync<RpcException>(() => end);
            Assert.True(ended.StatusCode == StatusCode.Unavailable, ended.ToString());
            Assert.NotNull(ended.GetRpcStatus()?.GetDetail<RetryInfo>());
        }
    }
}
