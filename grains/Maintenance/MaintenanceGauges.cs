using System.Diagnostics.Metrics;

namespace ClusterPulse.Maintenance;

/// <summary>How old the log floor is and what the last check for drift found, as gauges of the one silo where the maintenance grain
/// lives: where it does not, they are not exported.</summary>
public sealed class MaintenanceGauges
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long? _floorAt;
    private long? _drift;

    public MaintenanceGauges(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(PulseMetrics.MeterName);
        meter.CreateObservableGauge(
            "clusterpulse.log_floor_age", FloorAge, "s", "Since the moment of which the floor of the commit log is, or since the maintenance came here");
        meter.CreateObservableGauge(
            "clusterpulse.aggregate_drift_members", Drift, description: "Most members by which a place differed at the last check for drift");
    }

    /// <summary>The maintenance grain lives here from now on.</summary>
    public void Begin()
    {
        lock (_lock)
            (_floorAt, _drift) = (Now(), null);
    }

    /// <summary>It lives here no more.</summary>
    public void End()
    {
        lock (_lock)
            (_floorAt, _drift) = (null, null);
    }

    /// <summary>A moment, for <see cref="FloorMoved"/>.</summary>
    public long Now() => _time.GetTimestamp();

    /// <summary>Every place is stored as of a moment, and the log begins there.</summary>
    public void FloorMoved(long asOf)
    {
        lock (_lock)
            _floorAt = _floorAt is { } at ? Math.Max(at, asOf) : null;
    }

    /// <summary>A check found this many members too many or too few in the place that differs most.</summary>
    public void Checked(long members)
    {
        lock (_lock)
            _drift = _floorAt is null ? null : members;
    }

    private IEnumerable<Measurement<double>> FloorAge()
    {
        lock (_lock)
            return _floorAt is { } at ? [new(_time.GetElapsedTime(at).TotalSeconds)] : [];
    }

    private IEnumerable<Measurement<long>> Drift()
    {
        lock (_lock)
            return _drift is { } members ? [new(members)] : [];
    }
}
