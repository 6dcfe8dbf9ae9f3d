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
    private readonly List<(string Program, string[] Arguments, int HttpPort)> _programs = [];
    private readonly List<int> _scraped = [];

    /// <summary>Of those that were killed.</summary>
    private TimeSpan _ended;
    private readonly HttpClient _http = new();
    private PostgresServer? _postgres;

    public int GrpcPort { get; } = Ports.Free();

    public int HttpPort { get; } = Ports.Free();

    public static async Task<ProductServers> StartAllInOneAsync()
    {
        var servers = new ProductServers();
        await servers.StartAsync("ClusterPulse.Gateway.dll", servers.HttpPort, [
            "--data", servers._folder.Path, "--grpc-port", $"{servers.GrpcPort}", "--http-port", $"{servers.HttpPort}", "--as-of", AsOf]);
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
            await servers.StartAsync("ClusterPulse.Silo.dll", http, [
                "--postgres", database, "--silo-port", $"{Ports.Free()}", "--client-port", $"{Ports.Free()}", "--http-port", $"{http}", "--as-of", AsOf]);
            servers._scraped.Add(http);
        }
        await servers.StartAsync("ClusterPulse.Gateway.dll", servers.HttpPort, [
            "--postgres", database, "--grpc-port", $"{servers.GrpcPort}", "--http-port", $"{servers.HttpPort}", "--as-of", AsOf]);
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

    /// <summary>The same, and what they show.</summary>
    public async Task<Gauges> ReadGaugesAsync()
    {
        var clock = Stopwatch.StartNew();
        var texts = new List<string>();
        foreach (var port in _scraped)
            texts.Add(await _http.GetStringAsync($"http://127.0.0.1:{port}/metrics/domain"));
        clock.Stop();
        return Gauges.Of(texts.SelectMany(t => t.Split('\n')), clock.Elapsed);
    }

    /// <summary>Kills all but the database.</summary>
    public async Task KillAsync()
    {
        foreach (var process in _processes)
        {
            _ended += ProcessUse.Of(process.Id).Cpu;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        _processes.Clear();
    }

    /// <summary>Starts the same again, all at once.</summary>
    public async Task RestartAsync()
    {
        foreach (var (program, arguments, _) in _programs)
            Start(program, arguments);
        foreach (var (_, _, port) in _programs)
            await WhenHealthyAsync(port);
    }

    /// <summary>Has PostgreSQL write what it has put off; the embedded store has nothing of the kind beyond its checkpoints.</summary>
    public Task SettleAsync() => _postgres?.ExecuteAsync("bench", "CHECKPOINT") ?? Task.CompletedTask;

    public ProcessUse Use()
    {
        var all = new ProcessUse(_ended, 0);
        foreach (var process in _processes)
            all += ProcessUse.Of(process.Id);
        return _postgres is null ? all : all + ProcessUse.OfTree(_postgres.ProcessId);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(string program, int httpPort, string[] arguments)
    {
        _programs.Add((program, arguments, httpPort));
        Start(program, arguments);
        await WhenHealthyAsync(httpPort);
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
