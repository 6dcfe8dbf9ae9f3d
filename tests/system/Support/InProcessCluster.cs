using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using ClusterPulse.Regions;
using ClusterPulse.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Silos of one cluster in this process, over a PostgreSQL, with parts exchanged; and an Orleans client of theirs.</summary>
internal sealed class InProcessCluster : IAsyncDisposable
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(2);

    private readonly List<IHost> _silos;
    private readonly IHost _client;

    private InProcessCluster(List<IHost> silos, IHost client)
    {
        (_silos, _client) = (silos, client);
        Spread = new(new SiloDirectory(Grains, TimeProvider.System), Grains, new Patience(LongestTry, TimeProvider.System));
    }

    public IReadOnlyList<IHost> Silos => _silos;

    public IGrainFactory Grains => _client.Services.GetRequiredService<IGrainFactory>();

    public IMaintenanceGrain Maintenance => Grains.GetGrain<IMaintenanceGrain>(0);

    /// <summary>Sends rows as a gateway does, again and again until they are answered.</summary>
    public SiloSpread Spread { get; }

    public IFactStore Store => _silos[^1].Services.GetRequiredService<IFactStore>();

    /// <param name="connectionString">A database with the schema.</param>
    /// <param name="silos">How many.</param>
    /// <param name="name">Of the cluster.</param>
    /// <param name="change">Exchanges parts of a silo.</param>
    public static async Task<InProcessCluster> StartAsync(
        string connectionString, int silos, string name = ClusterMembership.Name, Action<int, IServiceCollection>? change = null)
    {
        var hosts = new List<IHost>();
        for (var silo = 0; silo < silos; silo++)
        {
            var number = silo;
            hosts.Add(await StartSiloAsync(connectionString, name, services => change?.Invoke(number, services)));
        }
        return new(hosts, await StartClientAsync(connectionString, name));
    }

    public async Task<IngestAnswer> ReportAsync(string bureau, IReadOnlyList<ReportRow> rows)
    {
        var answer = new AnswerBuilder();
        await Spread.SendAsync(rows, r => r.Enterprise, (port, own) => port.SubmitReportsAsync(new(bureau, "s", own)), answer);
        return answer.ToAnswer();
    }

    public async Task RegisterAsync(IEnumerable<(string Enterprise, Profile Profile)> profiles) => await Spread.SendAsync(
        [.. profiles.Select((p, i) => new ProfileRow { Row = i, Enterprise = p.Enterprise, Profile = p.Profile })],
        r => r.Enterprise, (port, own) => port.SubmitProfilesAsync(own), new());

    /// <summary>Figures of a month, after everything committed so far has arrived.</summary>
    public async Task<PlaceHealth> HealthAsync(string place, Month period)
    {
        var positions = await Store.ReadPositionsAsync(CancellationToken.None);
        var grain = Grains.PlaceGrain(place);
        await grain.CatchUpAsync(positions.Positions.ToImmutableDictionary());
        return await grain.GetHealthAsync(period);
    }

    /// <summary>Ends a silo without letting it hand anything over.</summary>
    public async Task KillAsync(int silo)
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _silos[silo].StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _silos[silo].Dispose();
        _silos.RemoveAt(silo);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
            silo.Dispose();
        }
    }

    private static async Task<IHost> StartSiloAsync(string connectionString, string name, Action<IServiceCollection> change)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store:ConnectionString"] = connectionString,
            ["Silo:SiloPort"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
            ["Silo:GatewayPort"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
            ["Calendar:AsOf"] = "2005-01-31",
            ["Calendar:FirstPeriod"] = "2004-12",
            // Tests ask for cycles and checks themselves.
            ["Maintenance:CycleSeconds"] = "3600",
            ["Maintenance:DriftSeconds"] = "86400",
        });
        builder.UseOrleans(silo =>
        {
            silo.AddClusterPulseCluster(builder.Configuration);
            silo.Configure<ClusterOptions>(o => o.ClusterId = name);
            change(silo.Services);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<IHost> StartClientAsync(string connectionString, string name)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Store:ConnectionString"] = connectionString });
        builder.UseOrleansClient(client =>
        {
            client.UseClusterPulseMembership(builder.Configuration);
            client.Configure<ClusterOptions>(o => o.ClusterId = name);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
