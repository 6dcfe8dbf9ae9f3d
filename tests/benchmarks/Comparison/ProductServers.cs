using System.Diagnostics;
using System.Globalization;
using ClusterPulse.SystemTests.Support;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>The product's programs as a user starts them, each a process of its own on loopback.</summary>
internal sealed class ProductServers : IAsyncDisposable
{
    /// <summary>After the last month that is sent.</summary>
    private const string AsOf = "2012-12-31";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly List<Process> _processes = [];
    private readonly List<int> _scraped = [];
    private readonly HttpClient _http = new();
    private PostgresServer? _postgres;

    public int GrpcPort { get; } = Ports.Free();

    public int HttpPort { get; } = Ports.Free();

    public static async Task<ProductServers> StartAllInOneAsync()
    {
        var servers = new ProductServers();
        servers.Start("ClusterPulse.Gateway.dll", [
            "--data", servers._folder.Path, "--grpc-port", $"{servers.GrpcPort}", "--http-port", $"{servers.HttpPort}", "--as-of", AsOf]);
        await servers.WhenHealthyAsync(servers.HttpPort);
        servers._scraped.Add(servers.HttpPort);
        return servers;
    }

    public static async Task<ProductServers> StartOnPostgresAsync(int silos)
    {
        var servers = new ProductServers { _postgres = await PostgresServer.StartAsync() };
        var database = await servers._postgres.CreateDatabaseAsync("bench");
        for (var i = 0; i < silos; i++)
        {
            var http = Ports.Free();
            servers.Start("ClusterPulse.Silo.dll", [
                "--postgres", database, "--silo-port", $"{Ports.Free()}", "--client-port", $"{Ports.Free()}", "--http-port", $"{http}", "--as-of", AsOf]);
            await servers.WhenHealthyAsync(http);
            servers._scraped.Add(http);
        }
        servers.Start("ClusterPulse.Gateway.dll", [
            "--postgres", database, "--grpc-port", $"{servers.GrpcPort}", "--http-port", $"{servers.HttpPort}", "--as-of", AsOf]);
        await servers.WhenHealthyAsync(servers.HttpPort);
        return servers;
    }

    /// <summary>Reads the gauges of all places, as Prometheus does.</summary>
    public async Task ScrapeAsync()
    {
        foreach (var port in _scraped)
        {
            await using var gauges = await _http.GetStreamAsync($"http://127.0.0.1:{port}/metrics/domain");
            await gauges.CopyToAsync(Stream.Null);
        }
    }

    /// <summary>Has PostgreSQL write what it has put off; the embedded store has nothing of the kind beyond its checkpoints.</summary>
    public Task SettleAsync() => _postgres?.ExecuteAsync("bench", "CHECKPOINT") ?? Task.CompletedTask;

    public ProcessUse Use()
    {
        var all = default(ProcessUse);
        foreach (var process in _processes)
            all += ProcessUse.Of(process.Id);
        return _postgres is null ? all : all + ProcessUse.OfTree(_postgres.ProcessId);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private void Start(string program, string[] arguments)
    {
        var log = Path.Combine(_folder.Path, string.Create(CultureInfo.InvariantCulture, $"log-{_processes.Count}"));
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", "exec \"$@\" >>\"$LOG\" 2>&1 </dev/null", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, program), .. arguments]);
        start.Environment["LOG"] = log;
        _processes.Add(Process.Start(start)!);
    }

    private async Task WhenHealthyAsync(int port)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if ((await _http.GetAsync($"http://127.0.0.1:{port}/healthz")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            if (started.Elapsed > LongestStart || _processes.Exists(p => p.HasExited))
                throw new InvalidOperationException($"a server did not start:\n{string.Concat(Directory.GetFiles(_folder.Path, "log-*").Select(File.ReadAllText))}");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
