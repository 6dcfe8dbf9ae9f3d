using System.Diagnostics.Metrics;
using ClusterPulse.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterPulse.UnitTests.Maintenance;

/// <summary>Gauges of the silo where the maintenance lives.</summary>
public sealed class MaintenanceGaugesTests : IDisposable
{
    private const string Age = "clusterpulse.log_floor_age";
    private const string Drift = "clusterpulse.aggregate_drift_members";

    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MaintenanceGauges _gauges;

    public MaintenanceGaugesTests() => _gauges = new(_services.GetRequiredService<IMeterFactory>(), _time);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_silo_without_the_maintenance_exports_none()
    {
        _gauges.FloorMoved(_gauges.Now());
        _gauges.Checked(3);
        Assert.Empty(Read());

        _gauges.Begin();
        _gauges.Checked(3);
        Assert.Equal([Drift, Age], Read().Keys.Order(StringComparer.Ordinal));

        _gauges.End();
        Assert.Empty(Read());
    }

    [Fact]
    public void The_floor_is_as_old_as_the_moment_of_which_it_is()
    {
        _gauges.Begin();
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(100, Read()[Age]);

        var read = _gauges.Now();
        _time.Advance(TimeSpan.FromSeconds(7));
        _gauges.FloorMoved(read);
        Assert.Equal(7, Read()[Age]);
    }

    [Fact]
    public void Drift_is_what_the_last_check_found()
    {
        _gauges.Begin();
        Assert.DoesNotContain(Drift, Read().Keys);
        _gauges.Checked(3);
        Assert.Equal(3, Read()[Drift]);
        _gauges.Checked(0);
        Assert.Equal(0, Read()[Drift]);
    }

    private Dictionary<string, double> Read()
    {
        var read = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => read[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => read[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }
}
