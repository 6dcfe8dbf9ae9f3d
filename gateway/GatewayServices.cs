using ClusterPulse.Access;
using ClusterPulse.Gateway.Administration;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Gateway.Login;
using ClusterPulse.Gateway.OpenApi;
using ClusterPulse.Gateway.Policies;
using ClusterPulse.Gateway.Registry;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Watch;
using ClusterPulse.Validation;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClusterPulse.Gateway;

/// <summary>The API's services.</summary>
public static class GatewayServices
{
    /// <summary>Above the rule's 4 MiB, so that the rule answers and not the transport.</summary>
    private const int LargestMessage = 16 << 20;

    private const int StreamWindow = 512 << 10;
    private const int ConnectionWindow = 64 << 20;

    /// <summary>So that errors in JSON say as much as they do in gRPC.</summary>
    private static readonly TypeRegistry ErrorDetails = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

    public static IServiceCollection AddClusterPulseGateway(this IServiceCollection services)
    {
        services.AddGrpc(o =>
        {
            o.MaxReceiveMessageSize = LargestMessage;
            o.EnableDetailedErrors = false;
            o.Interceptors.Add<FaultInterceptor>();
            o.Interceptors.Add<ScopeInterceptor>();
        }).AddJsonTranscoding(o =>
        {
            o.TypeRegistry = ErrorDetails;
            // Amounts in fen go beyond what JSON numbers hold exactly.
            o.JsonSettings.WriteInt64sAsStrings = true;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        services.AddSingleton<ReportValidator>();
        services.AddSingleton<SiloSpread>();
        services.AddOptions<AdmissionOptions>().BindConfiguration("Admission").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Admission>();
        services.AddSingleton<IRightTable, MethodRights>();
        services.AddSingleton<ScopeJudge>();
        services.AddHttpContextAccessor();
        services.AddSingleton<RowScope>();
        services.AddOptions<RowRateOptions>().BindConfiguration("RowRate").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RowRate>();
        services.AddSingleton<FirmAccess>();
        services.AddSingleton<BatchProcessor>();
        services.AddSingleton<ProfileValidator>();
        services.AddSingleton<ProfileBatches>();
        services.AddSingleton<PlaceQueries>();
        services.AddSingleton<ClusterQueries>();
        services.AddSingleton<ChangeQueries>();
        services.AddSingleton<ExitQueries>();
        services.AddSingleton<RivalSets>();
        services.AddSingleton<LeadingQueries>();
        return services;
    }

    /// <summary>Windows of HTTP/2: a stream that waits for the store must not hold up others that share its connection.</summary>
    public static void ConfigureGrpcLimits(this KestrelServerOptions kestrel)
    {
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
        kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        kestrel.Limits.Http2.MaxStreamsPerConnection = ConnectionWindow / StreamWindow;
    }

    public static WebApplication MapClusterPulseGateway(this WebApplication app)
    {
        app.UseUnreadableRequests();
        app.MapGrpcService<ReportingEndpoint>();
        app.MapGrpcService<RegistryEndpoint>();
        app.MapGrpcService<ObligationEndpoint>();
        app.MapGrpcService<IndicatorEndpoint>();
        app.MapGrpcService<WatchEndpoint>();
        app.MapGrpcService<PolicyEndpoint>();
        app.MapGrpcService<AdminEndpoint>();
        app.MapOpenApiDocument();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        app.MapProtectedResource();
        return app;
    }
}
