using System.Collections.Concurrent;
using ClusterPulse.Reference;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterPulse.Silo.Metrics;

/// <summary>The domain gauges of one province, for those who may see that province alone.</summary>
internal sealed class ProvinceMetrics(IServiceProvider services, ReferenceData reference) : IDisposable
{
    /// <summary>Its route; the value is the code of a region of province level.</summary>
    public const string Path = "/metrics/domain/{" + RouteValue + "}";

    private const string RouteValue = "province";

    private readonly ConcurrentDictionary<string, Lazy<DomainScrape>> _scrapes = new(StringComparer.Ordinal);

    /// <summary>Answers a scrape.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var code = context.GetRouteValue(RouteValue) as string ?? "";
        if (!reference.Regions.TryGet(code, out var region) || region.Level != RegionLevel.Province)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync($"{code} is no province. The path takes the code of one, for example /metrics/domain/32.", context.RequestAborted);
        }
        return _scrapes.GetOrAdd(code, _ => new(() => new DomainScrape(services, region))).Value.AnswerAsync(context);
    }

    public void Dispose()
    {
        foreach (var scrape in _scrapes.Values.Where(s => s.IsValueCreated))
            scrape.Value.Dispose();
    }
}
