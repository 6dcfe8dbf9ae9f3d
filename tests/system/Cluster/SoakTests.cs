using System.Diagnostics;
using System.Globalization;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>
/// Three silos, two gateways, PostgreSQL, a Prometheus with the rules, four bureaus that send all the time, and one fault after the
/// other. For ten minutes and more: <c>tests/soak --minutes N</c>.
/// </summary>
public sealed class SoakTests
{
    private const int Senders = 4;
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(90);

    private static double Minutes =>
        double.TryParse(Environment.GetEnvironmentVariable("CLUSTERPULSE_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 1;

    [Fact]
    public async Task Whatever_happens_to_silos_gateways_network_and_database_every_acknowledged_report_counts_once()
    {
        var seed = Environment.GetEnvironmentVariable("CLUSTERPULSE_SOAK_SEED") is { Length: > 0 } given ? int.Parse(given, null) : Environment.TickCount;
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        await using var cluster = await TestCluster.StartAsync(silos: 3, gateways: 2);
        await SoakWorld.LoadQuietCountyAsync(cluster.Channels[0]);
        await using var prometheus = await PrometheusServer.StartAsync(cluster.MetricsTargets);
        var senders = Enumerable.Range(0, Senders).Select(i => new SoakSender(i, seed + i, cluster.Channels, SoakWorld.Counties)).ToList();
        await Task.WhenAll(senders.Select(s => s.RegisterAsync()));
        using var stop = new CancellationTokenSource();
        var work = senders.Select(s => Task.Run(() => s.RunAsync(stop.Token))).ToList();
        var alerts = new AlertWatch(prometheus, SoakWorld.QuietCodes);
        await alerts.StartAsync();
        var firing = alerts.Firing;
        await SayAsync($"{clock.Elapsed:mm\\:ss} the cluster runs and its alerts are steady");
        var watching = Task.Run(() => alerts.RunAsync(stop.Token));
        var summary = new SoakSummary(seed, firing);

        await InjectAsync(cluster, random, senders, summary);

        await stop.CancelAsync();
        await Task.WhenAll([.. work, watching]);
        summary.Flaps.AddRange(alerts.Flaps);
        await SayAsync($"{clock.Elapsed:mm\\:ss} nobody sends any more");
        await SoakCheck.FillAsync(cluster, senders, summary);
        await SayAsync($"{clock.Elapsed:mm\\:ss} everything is compared");
        TestContext.Current.TestOutputHelper?.WriteLine(summary.ToString());
        await Console.Out.WriteLineAsync(summary.ToString());
        Assert.True(summary.IsClean, $"{summary}\n{cluster.Tails()}");
    }

    private static async Task InjectAsync(TestCluster cluster, Random random, List<SoakSender> senders, SoakSummary summary)
    {
        var clock = Stopwatch.StartNew();
        var end = TimeSpan.FromMinutes(Minutes);
        var expected = (await cluster.GaugesAsync()).Keys.ToHashSet();
        var faults = new Queue<SoakFault>(Shuffled([.. SoakFaults.All, SoakFaults.AllSilos], random));
        while (clock.Elapsed < end)
        {
            var fault = faults.Dequeue();
            faults.Enqueue(fault);
            var started = Stopwatch.GetTimestamp();
            await fault.Inject(cluster, random);
            if (fault.FromEnd)
                started = Stopwatch.GetTimestamp();
            var back = await WhenFullServiceAsync(cluster, expected, senders, started, fault.Name);
            summary.Add(fault.Name, back);
            await SayAsync($"{clock.Elapsed:mm\\:ss} {fault.Name}: full service after {back.TotalSeconds:F1} s, {senders.Sum(s => s.Ledger.Acknowledged)} reports acknowledged");
            await cluster.WhenReadyAsync();
        }
    }

    private static Task SayAsync(FormattableString line) => Console.Out.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private static SoakFault[] Shuffled(SoakFault[] faults, Random random)
    {
        random.Shuffle(faults);
        return faults;
    }

    /// <summary>All gauges are there, each once, and every bureau has been answered.</summary>
    private static async Task<TimeSpan> WhenFullServiceAsync(
        TestCluster cluster, HashSet<string> expected, List<SoakSender> senders, long started, string fault)
    {
        var seen = Stopwatch.GetTimestamp();
        while (true)
        {
            foreach (var silo in cluster.Silos)
                cluster.Supervise(silo);
            var gauges = await cluster.GaugesAsync();
            expected.UnionWith(gauges.Keys);
            if (expected.All(p => gauges.GetValueOrDefault(p) == 1) && senders.TrueForAll(s => s.LastAcknowledged > seen))
                return Stopwatch.GetElapsedTime(started);
            Assert.True(
                Stopwatch.GetElapsedTime(seen) < LongestOutage,
                $"no full service after {fault}: missing or twice {string.Join(", ", expected.Where(p => gauges.GetValueOrDefault(p) != 1).Select(p => $"{p} ×{gauges.GetValueOrDefault(p)}"))}; "
                + $"waiting bureaus: {senders.Count(s => s.LastAcknowledged <= seen)}\n{cluster.Tails()}");
            await Task.Delay(200);
        }
    }
}
