using System.Net;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using ClusterPulse.Reference;
using ClusterPulse.Registry;
using ClusterPulse.Silo.Metrics;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.Silo.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Makes a process a silo of ClusterPulse.</summary>
public static class ClusterPulseSilo
{
    /// <summary>One process with the embedded store. Configuration sections: <c>Store</c> (<see cref="SqliteOptions"/>),
    /// <c>Committer</c>, <c>Calendar</c>, <c>Maintenance</c>, <c>Metrics</c>, <c>Silo</c>.</summary>
    public static ISiloBuilder AddClusterPulseAllInOne(this ISiloBuilder builder, IConfiguration configuration)
    {
        var ports = configuration.GetSection("Silo").Get<SiloPorts>() ?? new();
        builder.UseLocalhostClustering(ports.SiloPort, ports.GatewayPort, serviceId: "clusterpulse", clusterId: "clusterpulse");
        var services = builder.Services;
        services.AddOptions<SqliteOptions>().Bind(configuration.GetSection("Store")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<SqliteFactStore>();
        services.AddSingleton<IFactStore>(s => s.GetRequiredService<SqliteFactStore>());
        services.AddSingleton<IStoreStartup, SqliteStartup>();
        return builder.AddClusterPulseGrains(configuration);
    }

    /// <summary>One silo of many, over PostgreSQL. Sections as for one process, with <c>Store</c> as <see cref="PostgresOptions"/>.
    /// The schema must be there, see <see cref="PostgresSchema"/>: Orleans reads membership from it before anything else.</summary>
    public static ISiloBuilder AddClusterPulseCluster(this ISiloBuilder builder, IConfiguration configuration)
    {
        var ports = configuration.GetSection("Silo").Get<SiloPorts>() ?? new();
        var address = IPAddress.Parse(ports.Address);
        builder.Configure<EndpointOptions>(o =>
        {
            o.AdvertisedIPAddress = address;
            (o.SiloPort, o.GatewayPort) = (ports.SiloPort, ports.GatewayPort);
            o.SiloListeningEndpoint = new(address, ports.SiloPort);
            o.GatewayListeningEndpoint = new(address, ports.GatewayPort);
        });
        builder.UseClusterPulseMembership(configuration);
        var services = builder.Services;
        services.AddPostgresStore(configuration);
        services.AddSingleton<PostgresFactStore>();
        services.AddSingleton<IFactStore>(s => s.GetRequiredService<PostgresFactStore>());
        services.AddSingleton<IStoreStartup, PostgresStartup>();
        services.AddSingleton<StoreClock>();
        services.AddSingleton<TimeProvider>(s => s.GetRequiredService<StoreClock>());
        services.AddHostedService<StoreClockLoop>();
        return builder.AddClusterPulseGrains(configuration);
    }

    /// <summary>Connections to PostgreSQL and the schema.</summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PostgresOptions>().Bind(configuration.GetSection("Store")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<PostgresSchema>();
        return services;
    }

    /// <summary>What silos and gateways both know: reference data, the calendar, the indicators, which silos there are.</summary>
    public static IServiceCollection AddClusterPulseReference(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CalendarOptions>().Bind(configuration.GetSection("Calendar"));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ReferenceData.Load());
        services.AddSingleton(s => new ReportingCalendar(
            s.GetRequiredService<IOptions<CalendarOptions>>().Value, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IndicatorCatalogue>();
        services.AddSingleton<ISiloDirectory, SiloDirectory>();
        return services;
    }

    private static ISiloBuilder AddClusterPulseGrains(this ISiloBuilder builder, IConfiguration configuration)
    {
        var services = builder.Services;
        services.AddOptions<CommitterOptions>().Bind(configuration.GetSection("Committer")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MaintenanceOptions>().Bind(configuration.GetSection("Maintenance")).ValidateDataAnnotations().ValidateOnStart();
        services.AddClusterPulseReference(configuration);
        services.AddSingleton<IndicatorFormulas>();
        services.AddSingleton<PlaceFiguresFactory>();
        services.AddSingleton<Regions.StandingsSource>();
        services.AddSingleton<Regions.SurroundingsSource>();
        services.AddOptions<ExplainOptions>().Bind(configuration.GetSection("Explain")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Explainer>();
        services.AddSingleton<EnterprisesOfPlace>();
        services.AddSingleton<ReasonSource>();
        services.AddSingleton<ExitSimulator>();
        services.AddSingleton<SharedTablesSource>();
        services.AddSingleton<IGeography>(s =>
        {
            var tables = s.GetRequiredService<SharedTablesSource>();
            return new Geography(s.GetRequiredService<ReferenceData>(), id => tables.Current.Estates.GetValueOrDefault(id)?.Region);
        });
        services.AddSingleton<PulseMetrics>();
        services.AddSingleton<Lifeline>();
        services.AddSingleton<SiloMap>();
        services.AddSingleton<Committer>();
        services.AddSingleton<Combiner>();
        services.AddSingleton<IPlaceChannel, GrainPlaceChannel>();
        services.AddSingleton<EnterpriseLoader>();
        services.AddSingleton<EnterpriseReferences>();
        services.AddSingleton<ReportHistory>();
        services.AddSingleton<SupplierDirectory>();
        services.AddSingleton<SupplierRejudger>();
        services.AddSingleton<PeerValues>();
        services.AddSingleton<LivePlaces>();
        services.AddSingleton<Regions.LivePlaceFactory>();
        services.AddSingleton<MaintenanceGauges>();
        services.AddSingleton<CheckpointCycle>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<DriftCheck>();
        services.AddSingleton<Roster>();
        services.AddSingleton<Thresholds>();
        services.AddOptions<DomainMetricsOptions>().Bind(configuration.GetSection("Metrics"));
        services.AddSingleton<DomainMetrics>();
        services.AddSingleton<FigureRefresh>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloParts>();
        services.AddHostedService<MaintenanceLoop>();
        services.AddHostedService<Undertaker>();
        services.AddPlacementDirector<RendezvousPlacement, RendezvousPlacementDirector>();
        services.AddPlacementDirector<SiloKeyedPlacement, SiloKeyedPlacementDirector>();
        builder.AddIncomingGrainCallFilter<PlainFaults>();
        // Enterprises rest in the store; keeping every one that ever reported would fill the memory.
        builder.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(15));
        return builder;
    }
}

/// <summary>Where a silo listens.</summary>
public sealed class SiloPorts
{
    /// <summary>IP address that it listens on and that others reach it by.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Between silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>For Orleans clients.</summary>
    public int GatewayPort { get; set; } = 30000;
}
