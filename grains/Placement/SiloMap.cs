namespace ClusterPulse.Placement;

/// <summary>A silo's own view of which silos are active, and by it the home of each grain that is placed by
/// <see cref="Rendezvous"/>. Read from membership, without a call.</summary>
public sealed class SiloMap(IClusterMembershipService membership, ILocalSiloDetails self)
{
    private View _view = new(MembershipVersion.MinValue, []);
    private volatile bool _draining;

    private sealed record View(MembershipVersion Version, IReadOnlyList<SiloAddress> Active);

    public SiloAddress Self => self.SiloAddress;

    /// <summary>This silo is stopping: it takes no more reports and is nobody's home any more.</summary>
    public bool IsDraining => _draining;

    /// <summary>Active silos, without this one once it drains.</summary>
    public IReadOnlyList<SiloAddress> Active => Current().Active;

    /// <summary>Goes up with each change of membership.</summary>
    public long Version => Current().Version.Value;

    public void Drain()
    {
        _draining = true;
        Volatile.Write(ref _view, new(MembershipVersion.MinValue, []));
    }

    /// <summary>Whether this silo is the home of a key.</summary>
    public bool IsHome(string key)
    {
        var active = Active;
        return active.Count > 0 && Rendezvous.Pick(key, active).Equals(Self);
    }

    private View Current()
    {
        var snapshot = membership.CurrentSnapshot;
        var view = Volatile.Read(ref _view);
        if (view.Version == snapshot.Version && view.Active.Count > 0)
            return view;
        view = new(snapshot.Version, [.. snapshot.Members.Values
            .Where(m => m.Status == SiloStatus.Active && !(_draining && m.SiloAddress.Equals(Self)))
            .Select(m => m.SiloAddress).Order()]);
        Volatile.Write(ref _view, view);
        return view;
    }
}
