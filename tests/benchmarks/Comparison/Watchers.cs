using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>Open streams of changes, each of one county's figures or of a prefecture's.</summary>
internal sealed class Watchers : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly GrpcChannel _channel;
    private readonly Task _reading;
    private long _messages;

    public Watchers(string address, World world, int count)
    {
        // A connection takes a hundred streams.
        _channel = GrpcChannel.ForAddress(address, new()
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,
        });
        _reading = Task.WhenAll(Enumerable.Range(0, count).Select(i => ReadAsync(world.Counties[i % world.Counties.Count])));
    }

    /// <summary>What came so far.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading;
        _channel.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAsync(Reference.Region county)
    {
        try
        {
            using var call = new WatchService.WatchServiceClient(_channel).WatchHealth(
                new() { Parents = { "regions/" + county.Code } }, cancellationToken: _ending.Token);
            while (await call.ResponseStream.MoveNext(_ending.Token))
                Interlocked.Increment(ref _messages);
        }
        catch (Exception e) when (_ending.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            // That was all.
        }
    }
}
