using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterPulse.Silo.Hosting;

/// <summary>What whoever runs a process asks it: whether to send it work, and whether to start it again.</summary>
public static class HealthPaths
{
    /// <summary>Readiness.</summary>
    public const string Ready = "/healthz";

    /// <summary>Liveness. Answers as soon as the process serves, so that it tells the end of the start too.</summary>
    public const string Live = "/livez";

    private const string LiveTag = "live";

    /// <summary>A silo's checks.</summary>
    public static IServiceCollection AddSiloHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<SiloHealthCheck>("silo").AddCheck<SiloLiveCheck>("silo-live", tags: [LiveTag]);
        return services;
    }

    /// <summary>Both paths. Where no check is for liveness, a process that answers is alive.</summary>
    public static WebApplication MapClusterPulseHealth(this WebApplication app)
    {
        app.MapHealthChecks(Ready, new() { Predicate = c => !c.Tags.Contains(LiveTag), ResponseWriter = WriteAsync });
        app.MapHealthChecks(Live, new() { Predicate = c => c.Tags.Contains(LiveTag), ResponseWriter = WriteAsync });
        return app;
    }

    /// <summary>The status, and why it is so.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var reasons = report.Entries.Values.Where(e => e.Status != HealthStatus.Healthy && e.Description is not null).Select(e => $": {e.Description}");
        return context.Response.WriteAsync($"{report.Status}{string.Concat(reasons)}\n");
    }
}
