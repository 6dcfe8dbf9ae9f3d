using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>System metrics of one test, and what they were told.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value)> _heard = [];

    public HeardMetrics()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _heard.Enqueue((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _heard.Enqueue((instrument.Name, value)));
        _listener.Start();
        Metrics = new(factory);
    }

    public PulseMetrics Metrics { get; }

    public IReadOnlyList<double> Of(string name) => [.. _heard.Where(h => h.Name == name).Select(h => h.Value)];

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }
}
