using System.Diagnostics;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Placement;
using ClusterPulse.Silo.Hosting;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Placement;

namespace ClusterPulse.Benchmarks;

/// <summary>Three silos in this process over PostgreSQL, fed through their IngestPorts: with enterprises placed by rendezvous, and as
/// Orleans places grains by default.</summary>
internal static class PlacementIngest
{
    private const int Silos = 3;
    private const int BatchRows = 2_000;

    public static async Task<IngestResult> RunAsync(int enterprises, int reports, bool rendezvous)
    {
        await using var postgres = await PostgresServer.StartAsync();
        var connectionString = await postgres.CreateDatabaseAsync("bench");
        await using (var database = new PostgresDatabase(Options.Create(new PostgresOptions { ConnectionString = connectionString })))
            await new PostgresSchema(database, NullLogger<PostgresSchema>.Instance).MigrateAsync(default);
        var hosts = new List<IHost>();
        for (var i = 0; i < Silos; i++)
            hosts.Add(await StartSiloAsync(connectionString, rendezvous));
        using var client = await StartClientAsync(connectionString);
        var spread = new SiloSpread(
            new SiloDirectory(client.Services.GetRequiredService<IGrainFactory>(), TimeProvider.System),
            client.Services.GetRequiredService<IGrainFactory>(), new Patience(TimeSpan.FromMinutes(1), TimeProvider.System));
        await RegisterAsync(spread, enterprises);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await ReportAsync(spread, enterprises, reports);
        clock.Stop();
        process.Refresh();
        var result = new IngestResult(
            rendezvous ? "three silos, enterprises by rendezvous" : "three silos, enterprises as Orleans places by default", clock.Elapsed,
            process.TotalProcessorTime - cpu, process.WorkingSet64);
        await client.StopAsync();
        await Task.WhenAll(hosts.Select(h => h.StopAsync()));
        hosts.ForEach(h => h.Dispose());
        return result;
    }

    private static async Task RegisterAsync(SiloSpread spread, int enterprises)
    {
        foreach (var batch in Enumerable.Range(0, enterprises).Chunk(BatchRows))
        {
            var rows = batch.Select(i => new ProfileRow
            {
                Row = i,
                Enterprise = Name(i),
                Profile = new() { ValidFrom = new(2003, 1), Region = i % 2 == 0 ? "320583" : "320585", Industry = "391", Ownership = Ownership.Private },
            }).ToList();
            await spread.SendAsync(rows, r => r.Enterprise, (port, own) => port.SubmitProfilesAsync(own), new());
        }
    }

    private static async Task ReportAsync(SiloSpread spread, int enterprises, int reports)
    {
        for (var first = 0; first < reports; first += BatchRows)
        {
            var rows = Enumerable.Range(first, Math.Min(BatchRows, reports - first)).Select(n => new ReportRow
            {
                Row = n,
                Enterprise = Name(n % enterprises),
                Key = new(Feed.Output, new Month(2003, 1) + (n / enterprises)),
                Content = new() { Basis = Basis.Month, Lines = [new() { Currency = "CNY", Amount = n }] },
            }).ToList();
            var answer = new AnswerBuilder();
            await spread.SendAsync(rows, r => r.Enterprise, (port, own) => port.SubmitReportsAsync(new("bench", "s", own)), answer);
            if (answer.ToAnswer().Accepted != rows.Count)
                throw new InvalidOperationException("rows were not accepted");
        }
    }

    private static async Task<IHost> StartSiloAsync(string connectionString, bool rendezvous)
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
        });
        builder.UseOrleans(silo =>
        {
            silo.AddClusterPulseCluster(builder.Configuration);
            if (!rendezvous)
                silo.Services.AddPlacementDirector<RendezvousPlacement, DefaultForEnterprises>();
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<IHost> StartClientAsync(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Store:ConnectionString"] = connectionString });
        builder.UseOrleansClient(client => client.UseClusterPulseMembership(builder.Configuration));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"org-P{i:D8}");

    /// <summary>Enterprises as any grain that says nothing about its placement; regions stay where they are.</summary>
    private sealed class DefaultForEnterprises(SiloMap map, IServiceProvider services) : IPlacementDirector
    {
        private readonly IPlacementDirector _default =
            services.GetRequiredKeyedService<IPlacementDirector>(typeof(ResourceOptimizedPlacement));
        private readonly RendezvousPlacementDirector _rendezvous = new(map);

        public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
            target.GrainIdentity.Type.ToString() == "enterprise"
                ? _default.OnAddActivation(new ResourceOptimizedPlacement(), target, context)
                : _rendezvous.OnAddActivation(strategy, target, context);
    }
}
