using System.ComponentModel.DataAnnotations;
using ClusterPulse.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>How much a gateway takes on.</summary>
public sealed class AdmissionOptions
{
    /// <summary>Batches that are being stored at the same time, 1 to 1000.</summary>
    [Range(1, 1000)]
    public int MostAtOnce { get; set; } = 32;

    /// <summary>Batches that may wait for that before new streams are refused, 0 to 100000. Streams that are open are not.</summary>
    [Range(0, 100_000)]
    public int MostWaiting { get; set; } = 256;
}

/// <summary>
/// Lets batches in one after the other, whoever came first. A stream has one batch at a time in here and reads its next one only
/// so far that it is at hand; so streams share what the store can take equally, a slow store slows the senders down through the
/// transport's flow control, and memory is bounded by streams.
/// </summary>
public sealed class Admission(IOptions<AdmissionOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MostAtOnce);
    private int _waiting;

    /// <summary>Batches that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Asked by whoever begins, never by a stream that is under way.</summary>
    /// <exception cref="Grpc.Core.RpcException">RESOURCE_EXHAUSTED with a retry delay: too many wait already.</exception>
    public void ThrowIfFull()
    {
        if (Waiting >= options.Value.MostWaiting)
            throw RichErrors.Exhausted(Waiting);
    }

    /// <summary>Waits for a place; dispose it to give it back.</summary>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _places.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return new(_places);
    }

    public void Dispose() => _places.Dispose();

    /// <summary>A place that is taken.</summary>
    public readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
