using System.Collections.Concurrent;
using System.Reflection;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Placement;
using Polly;

namespace ClusterPulse.Gateway.Cluster;

/// <summary>Calls again what is safe to be called again while a silo is dying or its grains are moving, so that readers and
/// watchers notice nothing but a delay.</summary>
public sealed class RepeatedCalls(Patience patience) : IOutgoingGrainCallFilter
{
    private static readonly ConcurrentDictionary<MethodInfo, bool> Safe = [];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!IsSafe(context))
        {
            await context.Invoke();
            return;
        }
        await patience.Start().ExecuteAsync(static async (call, _) => await call.Invoke(), context);
    }

    private static bool IsSafe(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod is { } method
        && Safe.GetOrAdd(method, static m => m.IsDefined(typeof(SafeToRepeatAttribute)) || m.DeclaringType == typeof(IManagementGrain));
}

/// <summary>How long a gateway goes on trying before it tells a client that the cluster is away.</summary>
public sealed class Patience(TimeSpan longest, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>None: where silo and gateway are one process there is nobody else to ask.</summary>
    public static Patience None(TimeProvider time) => new(TimeSpan.Zero, time);

    /// <summary>A pipeline that repeats what fails and may succeed later, until the time from now on is over.</summary>
    public ResiliencePipeline Start()
    {
        if (longest == TimeSpan.Zero)
            return ResiliencePipeline.Empty;
        var started = time.GetTimestamp();
        return new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new()
        {
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is { } e && RichErrors.IsTransient(e) && time.GetElapsedTime(started) < longest),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            UseJitter = true,
        }).Build();
    }
}
