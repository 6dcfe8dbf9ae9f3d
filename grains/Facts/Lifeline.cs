namespace ClusterPulse.Facts;

/// <summary>
/// Whether this silo may still speak for the cluster: the store has answered it within the last twenty seconds and has not fenced
/// its writers. One that may not acknowledges nothing, exports no figure and is not ready: others may have taken its place.
/// Time is the monotonic clock's, so that a process that was paused knows it as soon as it goes on.
/// </summary>
public sealed class Lifeline(TimeProvider time)
{
    /// <summary>Longest silence of the store.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private long _proven = time.GetTimestamp();
    private volatile bool _fenced;

    /// <summary>The store has fenced a writer of this silo: it was declared dead.</summary>
    public bool IsFenced => _fenced;

    /// <summary>This silo may acknowledge and export.</summary>
    public bool IsAlive => !_fenced && time.GetElapsedTime(Volatile.Read(ref _proven)) < Patience;

    /// <summary>The store has just shown that this silo's writers may commit.</summary>
    public void Proven() => Volatile.Write(ref _proven, time.GetTimestamp());

    /// <summary>For good: a silo that was declared dead starts anew.</summary>
    public void Fenced() => _fenced = true;

    /// <exception cref="StoreUnavailableException">This silo may not acknowledge anything now.</exception>
    public void ThrowIfSilent()
    {
        if (!IsAlive)
            throw new StoreUnavailableException(_fenced ? "this silo was declared dead" : "the store has not answered this silo for a while");
    }
}
