namespace ClusterPulse.Placement;

/// <summary>Which silos are active.</summary>
public interface ISiloDirectory
{
    /// <summary>Those known to be.</summary>
    /// <param name="fresh">Asks the cluster: after a silo did not answer.</param>
    ValueTask<IReadOnlyList<SiloAddress>> ActiveAsync(bool fresh = false);
}

/// <summary>Asks the cluster, at most every two seconds: a stale answer costs one hop.</summary>
public sealed class SiloDirectory(IGrainFactory grains, TimeProvider time) : ISiloDirectory
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private IReadOnlyList<SiloAddress> _active = [];
    private long _readAt;

    public async ValueTask<IReadOnlyList<SiloAddress>> ActiveAsync(bool fresh = false)
    {
        var active = Volatile.Read(ref _active);
        if (!fresh && active.Count > 0 && time.GetElapsedTime(Volatile.Read(ref _readAt)) < Lifetime)
            return active;
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        active = [.. hosts.Keys.OrderBy(s => s)];
        Volatile.Write(ref _active, active);
        Volatile.Write(ref _readAt, time.GetTimestamp());
        return active;
    }
}
