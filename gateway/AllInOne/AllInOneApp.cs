using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterPulse.Access;
using ClusterPulse.Access.Tls;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.Gateway.Login;
using ClusterPulse.Silo.Hosting;
using ClusterPulse.Silo.Metrics;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClusterPulse.Gateway.AllInOne;

/// <summary>Silo and gateway in one process with the embedded store; everything listens on loopback.</summary>
public static class AllInOneApp
{
    public static WebApplication Build(AllInOneOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Settings(options));
        builder.Configuration.AddAccessFile(options.AccessFile).AddTlsFiles(options.TlsCertificate, options.TlsKey);
        builder.Configuration.RequireTls(IPAddress.Loopback);
        if (options.LocalIssuer)
            builder.AddLocalIssuer(options.Data, options.HttpPort);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        builder.Logging.SetMinimumLevel(options.Quiet ? LogLevel.Warning : LogLevel.Information);
        builder.Logging.AddFilter("Orleans", options.Quiet ? LogLevel.Error : LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureGrpcLimits();
            kestrel.ListenSafely(builder.Configuration, IPAddress.Loopback, options.GrpcPort, HttpProtocols.Http2);
            kestrel.ListenSafely(builder.Configuration, IPAddress.Loopback, options.HttpPort, HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = Shutdown.Longest);
        builder.Host.UseOrleans(silo => silo.AddClusterPulseAllInOne(builder.Configuration));
        builder.Services.AddClusterPulseAccess(builder.Configuration);
        builder.Services.AddClusterPulseMetrics();
        builder.Services.AddSingleton(Patience.None(TimeProvider.System));
        builder.Services.AddClusterPulseGateway();
        builder.Services.AddSiloHealth();
        var app = builder.Build();
        app.UseClusterPulseAccess();
        app.MapClusterPulseMetrics();
        app.MapClusterPulseGateway();
        app.MapLocalIssuer();
        app.MapClusterPulseHealth();
        return app;
    }

    private static Dictionary<string, string?> Settings(AllInOneOptions options) => new()
    {
        ["Store:Folder"] = options.Data,
        // Nobody calls a single process's Orleans ports: any that are free will do.
        ["Silo:SiloPort"] = FreePort().ToString(CultureInfo.InvariantCulture),
        ["Silo:GatewayPort"] = FreePort().ToString(CultureInfo.InvariantCulture),
        ["Calendar:AsOf"] = options.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["Calendar:FirstPeriod"] = options.FirstPeriod,
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
