using System.Threading.RateLimiting;
using ClusterPulse.Access;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.V1;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Lets each bureau send so many rows a second. A sender that is faster waits, since its next message is not read; only who has a
/// great many messages waiting is refused.</summary>
public sealed class RowRate(IOptions<RowRateOptions> options) : IDisposable
{
    private const int RefillsPerSecond = 10;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(sender =>
        RateLimitPartition.GetTokenBucketLimiter(sender, _ => new()
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = options.Value.RowsPerSecond / RefillsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / RefillsPerSecond,
            QueueLimit = options.Value.MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    /// <summary>Waits until a message's rows are due.</summary>
    /// <exception cref="Grpc.Core.RpcException">RESOURCE_EXHAUSTED with a retry delay: too many rows of the sender wait already.</exception>
    public async ValueTask WaitAsync(Caller caller, IMessage message, CancellationToken cancellation)
    {
        // More than a message may hold is refused by a rule of its own.
        if (Math.Min(Rows(message), options.Value.Burst) is not (> 0 and var rows))
            return;
        using var lease = await _limiter.AcquireAsync(caller.Bureau ?? caller.Id, rows, cancellation);
        if (!lease.IsAcquired)
            throw RichErrors.TooFast(options.Value.RowsPerSecond);
    }

    public void Dispose() => _limiter.Dispose();

    private static int Rows(IMessage message) => message switch
    {
        AppendReportsRequest append => append.Reports.Count,
        BatchCreateReportsRequest batch => batch.Reports.Count,
        ImportEnterprisesRequest import => import.Enterprises.Count + import.Changes.Count,
        _ => 0,
    };
}
