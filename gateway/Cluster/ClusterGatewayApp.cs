using System.Globalization;
using System.Net;
using ClusterPulse.Access;
using ClusterPulse.Access.Tls;
using ClusterPulse.Silo.Hosting;
using ClusterPulse.Silo.Metrics;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClusterPulse.Gateway.Cluster;

/// <summary>How a gateway of a cluster is started.</summary>
public sealed record ClusterGatewayOptions
{
    /// <summary>Npgsql connection string of the database that has the cluster's membership.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>IP address to listen on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port for gRPC (HTTP/2).</summary>
    public int GrpcPort { get; init; } = 5001;

    /// <summary>Port for JSON, metrics and health (HTTP/1.1).</summary>
    public int HttpPort { get; init; } = 5000;

    /// <inheritdoc cref="AllInOne.AllInOneOptions.AccessFile"/>
    public string? AccessFile { get; init; }

    /// <summary>PEM file of the server's certificate; null: the settings' own.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Looks at history as of this day.</summary>
    public DateOnly? AsOf { get; init; }
}

/// <summary>A gateway as a process of its own: an Orleans client of the silos.</summary>
public static class ClusterGatewayApp
{
    /// <summary>Longer than it takes until a dead silo's grains are back elsewhere.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    public static WebApplication Build(ClusterGatewayOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store:ConnectionString"] = options.ConnectionString,
            ["Calendar:AsOf"] = options.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
        builder.Configuration.AddAccessFile(options.AccessFile).AddTlsFiles(options.TlsCertificate, options.TlsKey);
        builder.Configuration.RequireTls(IPAddress.Parse(options.Address));
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureGrpcLimits();
            kestrel.ListenSafely(builder.Configuration, IPAddress.Parse(options.Address), options.GrpcPort, HttpProtocols.Http2);
            kestrel.ListenSafely(builder.Configuration, IPAddress.Parse(options.Address), options.HttpPort, HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = Shutdown.Longest);
        builder.Host.UseOrleansClient(client =>
        {
            client.UseClusterPulseMembership(builder.Configuration);
            client.AddOutgoingGrainCallFilter<RepeatedCalls>();
        });
        builder.Services.AddSingleton(new Patience(Longest, TimeProvider.System));
        builder.Services.AddClusterPulseReference(builder.Configuration);
        builder.Services.AddClusterPulseAccess(builder.Configuration);
        builder.Services.AddClusterPulseProcessMetrics();
        builder.Services.AddClusterPulseGateway();
        builder.Services.AddHealthChecks().AddCheck<ClusterHealthCheck>("cluster");
        var app = builder.Build();
        app.UseClusterPulseAccess();
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapClusterPulseGateway();
        app.MapClusterPulseHealth();
        return app;
    }
}
