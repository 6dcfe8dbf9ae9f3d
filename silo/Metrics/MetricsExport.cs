using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ClusterPulse.Silo.Metrics;

/// <summary>Scrape endpoints: <c>/metrics</c> for the process, <c>/metrics/domain</c> for the gauges of its places,
/// <c>/metrics/domain/{province}</c> for those of one province. One path is one MeterProvider.</summary>
public static class MetricsExport
{
    /// <summary>Series of one domain gauge. The library's default of 2,000 folds the rest into an overflow series.</summary>
    private const int DomainSeries = 200_000;

    private const int ProcessSeries = 10_000;

    /// <summary>What <c>/metrics</c> serves.</summary>
    public static IServiceCollection AddClusterPulseProcessMetrics(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(PulseMetrics.MeterName, "Microsoft.Orleans")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddView("clusterpulse.commit.duration", Buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5))
            .AddView("clusterpulse.visible_delay", Buckets(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30))
            .AddView("clusterpulse.commit.rows", Buckets(1, 5, 10, 50, 100, 250, 500, 1000, 2000, 4000))
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = ProcessSeries })
            .AddPrometheusExporter(o => o.ScopeInfoEnabled = false));
        return services;
    }

    /// <summary>What both paths serve.</summary>
    public static IServiceCollection AddClusterPulseMetrics(this IServiceCollection services)
    {
        services.AddClusterPulseProcessMetrics();
        services.AddSingleton(s =>
        {
            // The gauges must exist before they are scraped.
            _ = s.GetRequiredService<DomainMetrics>();
            return new DomainMeterProvider(DomainProvider(DomainMetrics.MeterName));
        });
        services.AddSingleton<ProvinceMetrics>();
        return services;
    }

    public static WebApplication MapClusterPulseMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapPrometheusScrapingEndpoint(
            "/metrics/domain", app.Services.GetRequiredService<DomainMeterProvider>().Provider, configureBranchedPipeline: null, optionsName: null);
        app.MapGet(ProvinceMetrics.Path, app.Services.GetRequiredService<ProvinceMetrics>().AnswerAsync);
        return app;
    }

    /// <summary>What serves the gauges of one meter.</summary>
    internal static MeterProvider DomainProvider(string meter) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(meter)
        .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = DomainSeries })
        .AddPrometheusExporter(o => o.ScopeInfoEnabled = false)
        .Build();

    private static ExplicitBucketHistogramConfiguration Buckets(params double[] boundaries) =>
        new() { Boundaries = boundaries, CardinalityLimit = ProcessSeries };

    /// <summary>The provider behind <c>/metrics/domain</c>.</summary>
    internal sealed class DomainMeterProvider(MeterProvider provider) : IDisposable
    {
        public MeterProvider Provider => provider;

        public void Dispose() => provider.Dispose();
    }
}
