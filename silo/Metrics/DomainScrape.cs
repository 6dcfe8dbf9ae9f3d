using System.Diagnostics.Metrics;
using ClusterPulse.Reference;
using ClusterPulse.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ClusterPulse.Silo.Metrics;

/// <summary>Answers scrapes of the domain gauges of all places or of one province. One path is one MeterProvider at a time.</summary>
internal sealed class DomainScrape : IDisposable
{
    /// <summary>A scrape shows what was published last where figures are not computed by then, as when the store is away.</summary>
    private static readonly TimeSpan LongestRefresh = TimeSpan.FromSeconds(2);

    private readonly IServiceProvider _services;
    private readonly DomainMetrics _metrics;
    private readonly FigureRefresh _refresh;
    private readonly Lock _lock = new();
    private Endpoint? _current;

    /// <param name="services">Of the silo.</param>
    /// <param name="province">Whose gauges; null: all.</param>
    public DomainScrape(IServiceProvider services, Region? province = null)
    {
        _services = services;
        _refresh = services.GetRequiredService<FigureRefresh>();
        _metrics = province is null ? services.GetRequiredService<DomainMetrics>() : ActivatorUtilities.CreateInstance<DomainMetrics>(services, province);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        await _refresh.RunAsync().WaitAsync(LongestRefresh).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var endpoint = Enter();
        try
        {
            await endpoint.Pipeline(context);
        }
        finally
        {
            Leave(endpoint);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Retire(_current);
            _current = null;
        }
    }

    private Endpoint Enter()
    {
        lock (_lock)
        {
            var series = _metrics.Gather();
            if (_current?.Room.Take(series) == true)
            {
                _current.Series = series;
            }
            else
            {
                var before = _current;
                _current = Open(series);
                Retire(before);
            }
            _current.Scrapes++;
            return _current;
        }
    }

    private void Leave(Endpoint endpoint)
    {
        lock (_lock)
        {
            endpoint.Scrapes--;
            if (endpoint != _current)
                Retire(endpoint);
        }
    }

    /// <summary>A scrape that has begun ends with the provider that it began with.</summary>
    private static void Retire(Endpoint? endpoint)
    {
        if (endpoint?.Scrapes == 0)
            endpoint.Dispose();
    }

    private Endpoint Open(IReadOnlyDictionary<string, List<Measurement<double>>> series)
    {
        // A meter of its own: what another provider has no room for is not shown to it.
        var meter = new Meter($"ClusterPulse.Domain.{Guid.NewGuid():N}");
        var room = new SeriesRoom(series);
        var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddView(gauge => new MetricStreamConfiguration { CardinalityLimit = room.Limit(gauge.Name) })
            .AddPrometheusExporter(o => o.ScopeInfoEnabled = false)
            .Build();
        var pipeline = new ApplicationBuilder(_services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(provider, static _ => true, path: null, configureBranchedPipeline: null, optionsName: null);
        var endpoint = new Endpoint(meter, provider, room, pipeline.Build()) { Series = series };
        foreach (var (name, description) in _metrics.Gauges)
            meter.CreateObservableGauge(name, () => endpoint.Series.GetValueOrDefault(name) ?? [], description: description);
        return endpoint;
    }

    private sealed record Endpoint(Meter Meter, MeterProvider Provider, SeriesRoom Room, RequestDelegate Pipeline) : IDisposable
    {
        /// <summary>Shown by the next collection; all of them are in <see cref="Room"/>.</summary>
        public required IReadOnlyDictionary<string, List<Measurement<double>>> Series { get; set; }

        /// <summary>Under way.</summary>
        public int Scrapes { get; set; }

        public void Dispose()
        {
            Provider.Dispose();
            Meter.Dispose();
        }
    }
}
