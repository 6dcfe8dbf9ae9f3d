using System.Runtime.CompilerServices;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;
using Polly;
using Polly.Retry;

namespace ClusterPulse.Cli.Health;

/// <summary>A watch that a gateway's restart does not end: it goes on from the last resume token.</summary>
/// <param name="client">The service.</param>
/// <param name="request">What is watched; its resume token moves on.</param>
/// <param name="broken">Told of each break, before the next attempt.</param>
internal sealed class HealthStream(WatchService.WatchServiceClient client, WatchHealthRequest request, Action<RpcException> broken)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly ResiliencePipeline _again = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RpcException>(IsBreak),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = LongestPause,
            UseJitter = true,
            OnRetry = attempt =>
            {
                broken((RpcException)attempt.Outcome.Exception!);
                return default;
            },
        })
        .Build();

    /// <summary>Events, for as long as somebody wants them.</summary>
    /// <exception cref="RpcException">The first connection failed, or the server refuses.</exception>
    public async IAsyncEnumerable<WatchHealthResponse> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = await OpenAsync(cancellation);
        try
        {
            while (true)
            {
                var current = call.ResponseStream.Current;
                request.ResumeToken = current.ResumeToken;
                yield return current;
                if (await MovedAsync(call, cancellation))
                    continue;
                call.Dispose();
                call = await _again.ExecuteAsync(async token => await OpenAsync(token), cancellation);
            }
        }
        finally
        {
            call.Dispose();
        }
    }

    /// <summary>The server is away, stops, or was killed; all else is an answer.</summary>
    private static bool IsBreak(RpcException e) =>
        !ServerFailure.IsOwnRefusal(e)
        && (e.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted || e.Status.DebugException is not null);

    /// <summary>A call that has answered once.</summary>
    private async Task<AsyncServerStreamingCall<WatchHealthResponse>> OpenAsync(CancellationToken cancellation)
    {
        var call = client.WatchHealth(request, cancellationToken: cancellation);
        try
        {
            if (await call.ResponseStream.MoveNext(cancellation))
                return call;
            throw Ended();
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private async Task<bool> MovedAsync(AsyncServerStreamingCall<WatchHealthResponse> call, CancellationToken cancellation)
    {
        try
        {
            if (await call.ResponseStream.MoveNext(cancellation))
                return true;
            broken(Ended());
            return false;
        }
        catch (RpcException e) when (IsBreak(e) && !cancellation.IsCancellationRequested)
        {
            broken(e);
            return false;
        }
    }

    private static RpcException Ended() => new(new Status(StatusCode.Unavailable, "The stream ended."));
}
