using System.Collections.Concurrent;
using ClusterPulse.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace ClusterPulse.Silo.Metrics;

/// <summary>The domain gauges of one province, for those who may see that province alone. One path is one MeterProvider, made when
/// somebody asks for it first.</summary>
internal sealed class ProvinceMetrics(IServiceProvider services, ReferenceData reference) : IDisposable
{
    /// <summary>Its route; the value is the code of a region of province level.</summary>
    public const string Path = "/metrics/domain/{" + RouteValue + "}";

    private const string RouteValue = "province";

    private readonly ConcurrentDictionary<string, Lazy<Scrape>> _scrapes = new(StringComparer.Ordinal);

    /// <summary>Answers a scrape.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var code = context.GetRouteValue(RouteValue) as string ?? "";
        if (!reference.Regions.TryGet(code, out var region) || region.Level != RegionLevel.Province)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync($"{code} is no province. The path takes the code of one, for example /metrics/domain/32.", context.RequestAborted);
        }
        return _scrapes.GetOrAdd(code, _ => new(() => Open(region))).Value.Pipeline(context);
    }

    public void Dispose()
    {
        foreach (var scrape in _scrapes.Values.Where(s => s.IsValueCreated))
            scrape.Value.Dispose();
    }

    private Scrape Open(Region province)
    {
        var metrics = ActivatorUtilities.CreateInstance<DomainMetrics>(services, province);
        var provider = MetricsExport.DomainProvider(metrics.Name);
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(provider, static _ => true, path: null, configureBranchedPipeline: null, optionsName: null);
        return new(metrics, provider, pipeline.Build());
    }

    private sealed record Scrape(DomainMetrics Metrics, MeterProvider Provider, RequestDelegate Pipeline) : IDisposable
    {
        public void Dispose()
        {
            Provider.Dispose();
            Metrics.Dispose();
        }
    }
}
