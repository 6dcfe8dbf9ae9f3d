using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using ClusterPulse.Regions;
using ClusterPulse.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.SystemTests.Support;

/// <summary>A silo with the embedded store in a folder, without a gateway.</summary>
internal sealed class EmbeddedSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private EmbeddedSilo(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public IMaintenanceGrain Maintenance => Grains.GetGrain<IMaintenanceGrain>(0);

    public static async Task<EmbeddedSilo> StartAsync(string folder, DateOnly asOf)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store:Folder"] = folder,
            ["Silo:SiloPort"] = Text(Ports.Free()),
            ["Silo:GatewayPort"] = Text(Ports.Free()),
            ["Calendar:AsOf"] = asOf.ToString("yyyy-MM-dd", null),
            ["Maintenance:StandingsSeconds"] = "1",
            // Tests ask for cycles themselves.
            ["Maintenance:CycleSeconds"] = "3600",
        });
        builder.UseOrleans(silo => silo.AddClusterPulseAllInOne(builder.Configuration));
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async Task<IIngestPort> PortAsync()
    {
        var silos = await Services.GetRequiredService<ISiloDirectory>().ActiveAsync();
        return Grains.GetGrain<IIngestPort>(silos[0].ToParsableString());
    }

    public async Task RegisterAsync(params IEnumerable<(string Enterprise, Profile Profile)> profiles)
    {
        var rows = profiles.Select((p, i) => new ProfileRow { Row = i, Enterprise = p.Enterprise, Profile = p.Profile });
        var answer = await (await PortAsync()).SubmitProfilesAsync([.. rows]);
        if (answer.Rejected > 0)
            throw new InvalidOperationException(answer.Rows[0].ToString());
    }

    public async Task<IngestAnswer> ReportAsync(string submission, params IEnumerable<ReportRow> rows) =>
        await (await PortAsync()).SubmitReportsAsync(new("3205", submission, [.. rows]));

    /// <summary>Figures, after everything committed so far has arrived.</summary>
    public async Task<PlaceHealth> HealthAsync(string place, Month? period = null)
    {
        var positions = await Services.GetRequiredService<IFactStore>().ReadPositionsAsync(CancellationToken.None);
        var grain = Grains.PlaceGrain(place);
        await grain.CatchUpAsync(positions.Positions.ToImmutableDictionary());
        return await grain.GetHealthAsync(period);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static string Text(int port) => port.ToString(null, null);
}
