using System.Globalization;
using System.Net;
using ClusterPulse.Access;
using ClusterPulse.Access.Tls;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Metrics;
using ClusterPulse.Silo.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;

namespace ClusterPulse.Silo.Hosting;

/// <summary>How a silo of a cluster is started. Everything else has its section in the configuration.</summary>
public sealed record SiloAppOptions
{
    public required string ConnectionString { get; init; }

    public string Address { get; init; } = "127.0.0.1";

    public int SiloPort { get; init; } = 11111;

    public int ClientPort { get; init; } = 30000;

    public int HttpPort { get; init; } = 8080;

    /// <summary>JSON file of the settings of access (sections <c>Access</c> and <c>Tls</c>), read again when it changes.</summary>
    public string? AccessFile { get; init; }

    /// <summary>PEM file of the server's certificate; null: the settings' own.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Runs in a pod of Kubernetes, whose API server tells which pods are gone.</summary>
    public bool Kubernetes { get; init; }

    public DateOnly? AsOf { get; init; }

    public string? FirstPeriod { get; init; }
}

/// <summary>A silo as a process of its own, with its metrics and its health.</summary>
public static partial class SiloApp
{
    private static readonly TimeSpan SchemaPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemarkableClock = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(SiloAppOptions options, CancellationToken cancellation)
    {
        await using var app = Build(options);
        var logger = app.Services.GetRequiredService<ILogger<PostgresSchema>>();
        // The database may well come up after the silos.
        var patience = new ResiliencePipelineBuilder().AddRetry(new()
        {
            ShouldHandle = new PredicateBuilder().Handle<StoreUnavailableException>(),
            MaxRetryAttempts = int.MaxValue,
            Delay = SchemaPause,
            OnRetry = retry =>
            {
                LogWaiting(logger, retry.Outcome.Exception!.Message);
                return default;
            },
        }).Build();
        await patience.ExecuteAsync(async token =>
        {
            await app.Services.GetRequiredService<PostgresSchema>().MigrateAsync(token);
            var off = await app.Services.GetRequiredService<StoreClock>().ReadAsync(token);
            if (off.Duration() > RemarkableClock)
                LogClock(logger, off);
        }, cancellation);
        await app.StartAsync(cancellation);
        LogServing(logger, options.Address, options.SiloPort, options.HttpPort);
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static WebApplication Build(SiloAppOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store:ConnectionString"] = options.ConnectionString,
            ["Silo:Address"] = options.Address,
            ["Silo:SiloPort"] = Text(options.SiloPort),
            ["Silo:GatewayPort"] = Text(options.ClientPort),
            ["Calendar:AsOf"] = options.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Calendar:FirstPeriod"] = options.FirstPeriod,
        });
        builder.Configuration.AddAccessFile(options.AccessFile).AddTlsFiles(options.TlsCertificate, options.TlsKey);
        builder.Configuration.RequireTls(IPAddress.Parse(options.Address));
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenSafely(builder.Configuration, IPAddress.Parse(options.Address), options.HttpPort, HttpProtocols.Http1));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = Shutdown.Longest);
        builder.Host.UseOrleans(silo =>
        {
            silo.AddClusterPulseCluster(builder.Configuration);
            if (options.Kubernetes)
                silo.UseClusterPulsePod();
        });
        builder.Services.AddClusterPulseAccess(builder.Configuration);
        builder.Services.AddClusterPulseMetrics();
        builder.Services.AddSiloHealth();
        var app = builder.Build();
        app.UseClusterPulseAccess();
        app.MapClusterPulseMetrics();
        app.MapClusterPulseHealth();
        return app;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Warning, "The database does not answer yet ({Error}); trying again")]
    private static partial void LogWaiting(ILogger logger, string error);

    [LoggerMessage(LogLevel.Warning, "This machine's clock differs from the database's by {Off}; the silo goes by the database's")]
    private static partial void LogClock(ILogger logger, TimeSpan off);

    [LoggerMessage(LogLevel.Information, "Silo on {Address}:{SiloPort}, /metrics, /metrics/domain, /healthz and /livez on port {HttpPort}")]
    private static partial void LogServing(ILogger logger, string address, int siloPort, int httpPort);
}
