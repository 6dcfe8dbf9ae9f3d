using System.Globalization;
using System.Text.RegularExpressions;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Grpc.Net.Client;
using Xunit;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Silos and gateways as real processes over a real PostgreSQL, each silo a host of its own, and with a
/// clock of its own.</summary>
internal sealed partial class TestCluster : IAsyncDisposable
{
    public const string AsOf = "2005-01-31";
    public const string FirstPeriod = "2003-01";
    public const string Database = "clusterpulse";

    private const int SiloPort = 11111;
    private const int ClientPort = 30000;
    private const int SiloHttpPort = 8080;
    private const int FirstGrpcPort = 5001;
    private const int FirstHttpPort = 6001;

    /// <summary>The first silo's clock is late, the third one's early: an hour between them.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(30);

    private readonly TempFolder _logs = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        // So that many cycles and checks fall into a short run.
        ["Maintenance__CycleSeconds"] = "10",
        ["Maintenance__DriftSeconds"] = "5",
    };

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(4) };

    private TestCluster(TestNetwork network, PostgresServer postgres) => (Network, Postgres) = (network, postgres);

    public TestNetwork Network { get; }

    private PodApi? Pods { get; init; }

    public PostgresServer Postgres { get; }

    public IReadOnlyList<ClusterProcess> Silos { get; private set; } = [];

    public IReadOnlyList<ClusterProcess> Gateways { get; private set; } = [];

    public IReadOnlyList<GrpcChannel> Channels { get; private set; } = [];

    /// <summary>Where Prometheus finds each silo.</summary>
    public IReadOnlyList<string> MetricsTargets => [.. Silos.Select((_, silo) => $"{TestNetwork.SiloAddress(silo)}:{SiloHttpPort}")];

    /// <param name="silos">How many.</param>
    /// <param name="gateways">How many.</param>
    /// <param name="build">Folder of the older build that all of them begin with, with clocks that agree; null: this one.</param>
    /// <param name="settings">Environment of all processes, beyond the defaults of tests.</param>
    public static Task<TestCluster> StartAsync(
        int silos, int gateways, string? build = null, params (string Name, string Value)[] settings) => StartAsync(silos, gateways, null, build, settings);

    /// <param name="silos">How many.</param>
    /// <param name="gateways">How many.</param>
    /// <param name="pods">API server whose pods the silos are, named as they are; null: they are none.</param>
    /// <param name="build">Folder of an older build; null: this one.</param>
    /// <param name="settings">Environment of all processes, beyond the defaults of tests.</param>
    public static async Task<TestCluster> StartAsync(int silos, int gateways, PodApi? pods, string? build, params (string Name, string Value)[] settings)
    {
        var network = await TestNetwork.CreateAsync(silos);
        var postgres = await PostgresServer.StartAsync(TestNetwork.HubAddress, TestNetwork.Hub);
        var cluster = new TestCluster(network, postgres) { Pods = pods };
        foreach (var (name, value) in settings)
            cluster._environment[name] = value;
        try
        {
            if (pods is not null)
                cluster._environment["KUBECONFIG"] = await pods.StartAsync(TestNetwork.HostAddress);
            await cluster.StartAsync(silos, gateways, build);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(int silos, int gateways, string? build)
    {
        _environment["CLUSTERPULSE_POSTGRES"] = await Postgres.CreateDatabaseAsync(Database);
        // The older build goes by its machine's clock, so that its silos take one with another clock for dead.
        var apart = build is null ? ClocksApart : TimeSpan.Zero;
        Silos = [.. Enumerable.Range(0, silos).Select(silo => MakeSilo(silo, apart * (silo - 1)))];
        Gateways = [.. Enumerable.Range(0, gateways).Select(MakeGateway)];
        Channels = [.. Enumerable.Range(0, gateways).Select(g => GrpcChannel.ForAddress(
            $"http://{TestNetwork.HubAddress}:{FirstGrpcPort + g}", new() { MaxReceiveMessageSize = 64 << 20 }))];
        foreach (var process in Silos.Concat(Gateways))
        {
            process.Build = build ?? process.Build;
            Start(process);
        }
        await WhenReadyAsync();
    }

    public void Start(ClusterProcess process) => process.Start(_environment);

    /// <summary>Starts a process again that has ended by itself, as whoever runs it in production does: a silo ends when it finds
    /// itself declared dead.</summary>
    public void Supervise(ClusterProcess process)
    {
        if (process.IsRunning)
            return;
        EndedByThemselves++;
        Assert.True(EndedByThemselves < 100, $"{process.Name} ends again and again: {process.Tail()}");
        Start(process);
    }

    /// <summary>How often <see cref="Supervise"/> had to start one again.</summary>
    public int EndedByThemselves { get; private set; }

    /// <summary>Waits until every process says that it is ready.</summary>
    public async Task WhenReadyAsync(int seconds = 240)
    {
        for (var silo = 0; silo < Silos.Count; silo++)
            await WhenHealthyAsync(Silos[silo], $"http://{TestNetwork.SiloAddress(silo)}:{SiloHttpPort}/healthz", seconds);
        for (var gateway = 0; gateway < Gateways.Count; gateway++)
            await WhenHealthyAsync(Gateways[gateway], $"http://{TestNetwork.HubAddress}:{FirstHttpPort + gateway}/healthz", seconds);
    }

    public async Task<bool> IsHealthyAsync(int silo) => await IsHealthyAsync($"http://{TestNetwork.SiloAddress(silo)}:{SiloHttpPort}/healthz");

    /// <summary>How many silos export each place, by level and code.</summary>
    public async Task<Dictionary<string, int>> GaugesAsync()
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in await Task.WhenAll(MetricsTargets.Select(t => TextAsync($"http://{t}/metrics/domain"))))
        {
            foreach (Match info in RegionInfo().Matches(text))
            {
                var place = $"{info.Groups["level"].Value}/{info.Groups["code"].Value}";
                places[place] = places.GetValueOrDefault(place) + 1;
            }
        }
        return places;
    }

    /// <summary>Σ over silos of a counter of the process.</summary>
    public async Task<double> CounterAsync(string name)
    {
        var sum = 0d;
        foreach (var text in await Task.WhenAll(MetricsTargets.Select(t => TextAsync($"http://{t}/metrics"))))
        {
            foreach (var line in text.Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal)))
                sum += double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }
        return sum;
    }

    public Task<AuditResult> AuditAsync() => Picture.AuditAsync(Channels[0]);

    /// <summary>Ends of all logs, for a failure's message.</summary>
    public string Tails() => string.Join('\n', Silos.Concat(Gateways).Select(p => $"=== {p.Name}\n{p.Tail()}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Silos.Concat(Gateways))
            await process.DisposeAsync();
        foreach (var channel in Channels)
            channel.Dispose();
        _http.Dispose();
        await Postgres.DisposeAsync();
        await Network.DisposeAsync();
        if (Environment.GetEnvironmentVariable("CLUSTERPULSE_KEEP_LOGS") is not { Length: > 0 })
            _logs.Dispose();
    }

    private ClusterProcess MakeSilo(int silo, TimeSpan clock) => new(
        $"silo{silo}", TestNetwork.Silo(silo), "ClusterPulse.Silo.dll",
        [
            "--address", TestNetwork.SiloAddress(silo), "--silo-port", Text(SiloPort), "--client-port", Text(ClientPort),
            "--http-port", Text(SiloHttpPort), "--as-of", AsOf, "--first-period", FirstPeriod, .. Pods is null ? Array.Empty<string>() : ["--kubernetes"],
        ],
        Path.Combine(_logs.Path, $"silo{silo}.log"))
    {
        Clock = clock,
        Environment = Pods is null ? [] : PodApi.EnvironmentOf($"silo{silo}"),
    };

    private ClusterProcess MakeGateway(int gateway) => new(
        $"gateway{gateway}", TestNetwork.Hub, "ClusterPulse.Gateway.dll",
        [
            "--address", TestNetwork.HubAddress, "--grpc-port", Text(FirstGrpcPort + gateway), "--http-port", Text(FirstHttpPort + gateway),
            "--as-of", AsOf,
        ],
        Path.Combine(_logs.Path, $"gateway{gateway}.log"));

    private Task WhenHealthyAsync(ClusterProcess process, string url, int seconds) => Eventually.TrueAsync(async () =>
    {
        Supervise(process);
        return await IsHealthyAsync(url);
    }, seconds);

    private async Task<bool> IsHealthyAsync(string url)
    {
        try
        {
            using var response = await _http.GetAsync(url);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Empty where the silo does not answer.</summary>
    private async Task<string> TextAsync(string url)
    {
        try
        {
            return await _http.GetStringAsync(url);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return "";
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^clusterpulse_region_info\\{code=\"(?<code>[^\"]*)\",level=\"(?<level>[^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex RegionInfo();
}
