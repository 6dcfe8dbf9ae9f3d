using ClusterPulse.Cli.Server;
using Google.Rpc;
using Grpc.Core;
using Polly;
using Polly.Retry;

namespace ClusterPulse.Cli.Sending;

/// <summary>A break that is overcome by trying again.</summary>
/// <param name="Cause">How the call ended.</param>
/// <param name="Pause">How long until the next attempt.</param>
/// <param name="Attempt">Attempts without progress so far, from 1.</param>
internal sealed record SendBreak(RpcException Cause, TimeSpan Pause, int Attempt);

/// <summary>Does a call again as long as the same again can succeed, with growing pauses, or those that the server asks for. What
/// made progress begins with the shortest pause.</summary>
/// <param name="patience">How long.</param>
/// <param name="time">The clock.</param>
/// <param name="broke">Hears of each break before its pause.</param>
internal sealed class SendRetry(SendPatience patience, TimeProvider time, Action<SendBreak> broke)
{
    private long _lastProgress = time.GetTimestamp();

    /// <summary>Something was acknowledged: giving up counts from now.</summary>
    public void Progress() => Volatile.Write(ref _lastProgress, time.GetTimestamp());

    /// <summary>Does it until it succeeds.</summary>
    /// <param name="attempt">What is tried.</param>
    /// <param name="progress">Grows with every progress of an attempt that fails in the end.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    /// <exception cref="RpcException">Trying again does not help, or it is time to give up.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<long> progress, CancellationToken cancellation)
    {
        while (true)
        {
            var (done, result) = await NewPipeline(cancellation).ExecuteAsync<(bool, T?)>(
                async token =>
                {
                    var before = progress();
                    try
                    {
                        return (true, await attempt(token));
                    }
                    catch (RpcException e) when (progress() > before && IsTransient(e) && !cancellation.IsCancellationRequested)
                    {
                        var pause = AskedPause(e) ?? patience.FirstPause;
                        broke(new(e, pause, 1));
                        await Task.Delay(pause, time, token);
                        return (false, default);
                    }
                },
                cancellation);
            if (done)
                return result!;
        }
    }

    /// <summary>The same again can succeed.</summary>
    /// <remarks>Where this side noticed the trouble there is an exception of this side: the transport broke, whatever the code.</remarks>
    public static bool IsTransient(RpcException e) => !ServerFailure.IsOwnRefusal(e) && e.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.DeadlineExceeded => true,
        StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled => e.Status.DebugException is not null,
        _ => false,
    };

    private static TimeSpan? AskedPause(Exception? e) =>
        (e as RpcException)?.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();

    private ResiliencePipeline NewPipeline(CancellationToken cancellation) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = patience.FirstPause,
            MaxDelay = patience.LongestPause,
            ShouldHandle = outcome => ValueTask.FromResult(
                outcome.Outcome.Exception is RpcException e && IsTransient(e) && !cancellation.IsCancellationRequested && !IsTimeToGiveUp()),
            // Null: as above.
            DelayGenerator = outcome => ValueTask.FromResult(AskedPause(outcome.Outcome.Exception)),
            OnRetry = outcome =>
            {
                broke(new((RpcException)outcome.Outcome.Exception!, outcome.RetryDelay, outcome.AttemptNumber + 1));
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private bool IsTimeToGiveUp() => patience.GiveUpAfter is { } most && time.GetElapsedTime(Volatile.Read(ref _lastProgress)) >= most;
}
