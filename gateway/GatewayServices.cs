using ClusterPulse.Gateway.Administration;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Gateway.Policies;
using ClusterPulse.Gateway.Registry;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Gateway.Watch;

namespace ClusterPulse.Gateway;

/// <summary>The API's services.</summary>
public static class GatewayServices
{
    /// <summary>Above the rule's 4 MiB, so that the rule answers and not the transport.</summary>
    private const int LargestMessage = 16 << 20;

    public static IServiceCollection AddClusterPulseGateway(this IServiceCollection services)
    {
        services.AddGrpc(o =>
        {
            o.MaxReceiveMessageSize = LargestMessage;
            o.EnableDetailedErrors = false;
        }).AddJsonTranscoding(o => o.JsonSettings.WriteInt64sAsStrings = true);
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        services.AddSingleton<ReportValidator>();
        services.AddSingleton<BatchProcessor>();
        services.AddSingleton<ProfileValidator>();
        services.AddSingleton<PlaceQueries>();
        return services;
    }

    public static WebApplication MapClusterPulseGateway(this WebApplication app)
    {
        app.MapGrpcService<ReportingEndpoint>();
        app.MapGrpcService<RegistryEndpoint>();
        app.MapGrpcService<IndicatorEndpoint>();
        app.MapGrpcService<WatchEndpoint>();
        app.MapGrpcService<PolicyEndpoint>();
        app.MapGrpcService<AdminEndpoint>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        return app;
    }
}
