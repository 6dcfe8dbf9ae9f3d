using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace ClusterPulse.Silo.Metrics;

/// <summary>Scrape endpoints: <c>/metrics</c> for the process, <c>/metrics/domain</c> for the gauges of its places,
/// <c>/metrics/domain/{province}</c> for those of one province. One path is one MeterProvider at a time.</summary>
public static class MetricsExport
{
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
            .AddPrometheusExporter(o => o.ScopeInfoEnabled = false));
        return services;
    }

    /// <summary>What both paths serve.</summary>
    public static IServiceCollection AddClusterPulseMetrics(this IServiceCollection services)
    {
        services.AddClusterPulseProcessMetrics();
        services.AddSingleton(s => new DomainScrape(s));
        services.AddSingleton<ProvinceMetrics>();
        return services;
    }

    public static WebApplication MapClusterPulseMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapGet("/metrics/domain", app.Services.GetRequiredService<DomainScrape>().AnswerAsync);
        app.MapGet(ProvinceMetrics.Path, app.Services.GetRequiredService<ProvinceMetrics>().AnswerAsync);
        return app;
    }

    private static ExplicitBucketHistogramConfiguration Buckets(params double[] boundaries) => new() { Boundaries = boundaries };
}
