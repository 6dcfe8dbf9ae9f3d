using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using ClusterPulse.Reference;
using ClusterPulse.Registry;
using ClusterPulse.Silo.Metrics;
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
    /// <c>Committer</c>, <c>Calendar</c>, <c>Maintenance</c>, <c>Silo</c>.</summary>
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

    private static ISiloBuilder AddClusterPulseGrains(this ISiloBuilder builder, IConfiguration configuration)
    {
        var services = builder.Services;
        services.AddOptions<CommitterOptions>().Bind(configuration.GetSection("Committer"));
        services.AddOptions<CalendarOptions>().Bind(configuration.GetSection("Calendar"));
        services.AddOptions<MaintenanceOptions>().Bind(configuration.GetSection("Maintenance")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ReferenceData.Load());
        services.AddSingleton(s => new ReportingCalendar(
            s.GetRequiredService<IOptions<CalendarOptions>>().Value, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IndicatorCatalogue>();
        services.AddSingleton<PlaceFiguresFactory>();
        services.AddSingleton<SharedTablesSource>();
        services.AddSingleton<IGeography, Geography>();
        services.AddSingleton<PulseMetrics>();
        services.AddSingleton<Committer>();
        services.AddSingleton<Combiner>();
        services.AddSingleton<IPlaceChannel, GrainPlaceChannel>();
        services.AddSingleton<EnterpriseLoader>();
        services.AddSingleton<SupplierDirectory>();
        services.AddSingleton<SupplierRejudger>();
        services.AddSingleton<LivePlaces>();
        services.AddSingleton<Regions.LivePlaceFactory>();
        services.AddSingleton<ISiloDirectory, SiloDirectory>();
        services.AddSingleton<CheckpointCycle>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<Thresholds>();
        services.AddSingleton<DomainMetrics>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloParts>();
        services.AddHostedService<MaintenanceLoop>();
        services.AddPlacementDirector<RendezvousPlacement, RendezvousPlacementDirector>();
        services.AddPlacementDirector<SiloKeyedPlacement, SiloKeyedPlacementDirector>();
        // Enterprises rest in the store; keeping every one that ever reported would fill the memory.
        builder.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(15));
        return builder;
    }
}

/// <summary>Ports of a silo on loopback.</summary>
public sealed class SiloPorts
{
    /// <summary>Between silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>For Orleans clients.</summary>
    public int GatewayPort { get; set; } = 30000;
}
