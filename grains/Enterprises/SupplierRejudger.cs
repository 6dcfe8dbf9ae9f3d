using System.Threading.Channels;
using ClusterPulse.Facts;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Enterprises;

/// <summary>After a supplier was registered, moved or reclassified, has each buyer whose lines name it judge them anew: ordinary
/// commits of the buyers. What a crash leaves undone is found at the next start.</summary>
public sealed partial class SupplierRejudger(
    IFactStore store, IGrainFactory grains, PulseMetrics metrics, TimeProvider time, ILogger<SupplierRejudger> logger)
{
    private const int StartBatch = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Channel<SupplierVersion> _queue = Channel.CreateUnbounded<SupplierVersion>();
    private int _waiting;

    /// <summary>Suppliers that wait for their buyers to be judged anew.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Enqueue(string supplier, long profileVersion)
    {
        Interlocked.Increment(ref _waiting);
        _queue.Writer.TryWrite(new(supplier, profileVersion));
    }

    /// <summary>Takes up what a crash has left undone, here or on a silo that has died.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        var left = await store.FindStaleSuppliersAsync(StartBatch, cancellation);
        foreach (var supplier in left)
            Enqueue(supplier.Supplier, supplier.ProfileVersion);
        if (left.Count > 0)
            LogLeft(left.Count);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var supplier in _queue.Reader.ReadAllAsync(cancellation))
        {
            while (!await TryRejudgeAsync(supplier, cancellation))
                await Task.Delay(Pause, time, cancellation);
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<bool> TryRejudgeAsync(SupplierVersion supplier, CancellationToken cancellation)
    {
        try
        {
            var buyers = await store.FindBuyersToRejudgeAsync(supplier.Supplier, supplier.ProfileVersion, cancellation);
            foreach (var buyer in buyers)
            {
                await grains.GetGrain<IEnterpriseGrain>(buyer).RejudgeAsync(supplier.Supplier);
                metrics.Rejudged();
            }
            if (buyers.Count > 0)
                LogRejudged(supplier.Supplier, buyers.Count);
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(supplier.Supplier, e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Suppliers} suppliers changed while their buyers were not judged anew; doing it now")]
    private partial void LogLeft(int suppliers);

    [LoggerMessage(LogLevel.Information, "Supplier {Supplier} changed: {Buyers} buyers judged anew")]
    private partial void LogRejudged(string supplier, int buyers);

    [LoggerMessage(LogLevel.Warning, "Buyers of {Supplier} could not be judged anew; trying again")]
    private partial void LogFailed(string supplier, Exception exception);
}
