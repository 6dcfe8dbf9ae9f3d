using System.ComponentModel.DataAnnotations;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
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
    /// <summary>Rows that commit best.</summary>
    private const int GoodBatch = 2_000;

    /// <summary>Milliseconds for each time that all places must be given away anew before a batch's turn comes.</summary>
    private const int PausePerTurn = 100;

    /// <summary>Milliseconds.</summary>
    private const int LongestPause = 5_000;

    private readonly SemaphoreSlim _places = new(options.Value.MostAtOnce);
    private int _waiting;

    /// <summary>Batches that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>What senders had better do now: batches of a size that commits well, and, where more wait than can be stored at once, a
    /// pause that grows with them.</summary>
    public FlowHint Hint
    {
        get
        {
            var hint = new FlowHint { RowsPerMessage = GoodBatch };
            var turns = Waiting / options.Value.MostAtOnce;
            if (turns > 0)
                hint.Pause = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(Math.Min(turns * PausePerTurn, LongestPause)));
            return hint;
        }
    }

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
