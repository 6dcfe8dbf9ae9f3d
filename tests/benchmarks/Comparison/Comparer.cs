using System.Diagnostics;
using System.Globalization;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>How large a comparison is.</summary>
internal sealed record ComparisonSize(int Enterprises, int WarmUpMonths, int Rounds, int Senders, int TrickleSeconds, int TricklePerSecond);

/// <summary>Sends the same months to all subjects, in turns, so that a machine that gets slower does so for each of them. The rate counts until
/// the last acknowledgement, the processor time until all is settled, so that nothing that a subject puts off falls into another's turn. Gauges
/// are scraped meanwhile.</summary>
internal sealed class Comparer(ComparisonSize size, IReadOnlyList<ISubject> subjects, Action<string> say)
{
    /// <summary>Fewer than the product admits at a time.</summary>
    private const int MostUnanswered = 200;

    private static readonly TimeSpan ScrapeEvery = TimeSpan.FromSeconds(5);

    private readonly World _world = new(size.Enterprises);
    private readonly List<Measurement> _measurements = [];
    private int _rounds;

    public World World => _world;

    public async Task<IReadOnlyList<Measurement>> RunAsync(IReadOnlyCollection<string> workloads)
    {
        foreach (var subject in subjects)
        {
            var started = Stopwatch.StartNew();
            await subject.StartAsync(_world);
            say($"{subject.Name}: {_world.Enterprises:N0} enterprises registered after {started.Elapsed.TotalSeconds:N0} s");
        }
        var month = 0;
        for (; month < size.WarmUpMonths; month++)
            await RoundAsync("warm-up", month, month % 2 == 0 ? Order.Together : Order.FeedByFeed, version: 0);
        if (workloads.Contains("W1"))
        {
            for (var round = 0; round < size.Rounds; round++, month++)
                await RoundAsync("W1", month, Order.Together, version: 0);
        }
        if (workloads.Contains("W1b"))
        {
            for (var round = 0; round < size.Rounds; round++, month++)
                await RoundAsync("W1b", month, Order.FeedByFeed, version: 0);
        }
        if (workloads.Contains("W2"))
        {
            for (var round = 1; round <= size.Rounds; round++)
                await RoundAsync("W2", month - 1, Order.Together, version: round);
        }
        if (workloads.Contains("W4"))
        {
            foreach (var subject in subjects)
                _measurements.Add(await TrickleAsync(subject, month));
        }
        return _measurements;
    }

    private async Task RoundAsync(string workload, int month, Order order, int version)
    {
        // Another one begins each time.
        foreach (var subject in subjects.Skip(_rounds % subjects.Count).Concat(subjects.Take(_rounds % subjects.Count)))
        {
            var (before, own, clock) = (subject.Use(), Own(), Stopwatch.StartNew());
            using var ending = new CancellationTokenSource();
            var scrapes = ScrapeAsync(subject, ending.Token);
            await Task.WhenAll(Enumerable.Range(0, size.Senders).Select(part => Task.Run(() => subject.IngestAsync(
                string.Create(CultureInfo.InvariantCulture, $"{workload}-{month}-{version}-{part}").ToLowerInvariant(),
                _world.Month(month, order, version, part, size.Senders)))));
            clock.Stop();
            await ending.CancelAsync();
            await scrapes;
            await subject.SettleAsync();
            var use = subject.Use();
            var taken = new Measurement(workload, subject.Name, _world.FactsOfMonth, clock.Elapsed, use.Cpu - before.Cpu, Own() - own, use.Bytes, []);
            if (workload != "warm-up")
                _measurements.Add(taken);
            say(string.Create(CultureInfo.InvariantCulture,
                $"{workload,-8} {World.Period(month)} {subject.Name,-48}{taken.PerSecond,10:N0} reports/s{taken.ServerMicroseconds,8:N1} µs of servers{taken.SenderMicroseconds,7:N1} of sender"));
        }
        _rounds++;
    }

    private static async Task ScrapeAsync(ISubject subject, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(ScrapeEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
                await subject.ScrapeAsync();
        }
        catch (OperationCanceledException)
        {
            // The round is over.
        }
    }

    /// <summary>Single reports at an even pace. An answer counts from when its report was due, also where that had to wait for others.</summary>
    private async Task<Measurement> TrickleAsync(ISubject subject, int month)
    {
        var count = size.TrickleSeconds * size.TricklePerSecond;
        var facts = _world.Month(month, Order.FeedByFeed, 0, 0, 1).Take(count).ToArray();
        var latencies = new double[facts.Length];
        var (before, own, clock) = (subject.Use(), Own(), Stopwatch.StartNew());
        var running = new List<Task>(facts.Length);
        using var unanswered = new SemaphoreSlim(MostUnanswered);
        for (var i = 0; i < facts.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / size.TricklePerSecond);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            var number = i;
            await unanswered.WaitAsync();
            running.Add(Task.Run(async () =>
            {
                try
                {
                    await subject.IngestOneAsync($"w4-{number}", facts[number]);
                    latencies[number] = (clock.Elapsed - due).TotalMilliseconds;
                }
                finally
                {
                    unanswered.Release();
                }
            }));
        }
        await Task.WhenAll(running);
        clock.Stop();
        await subject.SettleAsync();
        var use = subject.Use();
        Array.Sort(latencies);
        var taken = new Measurement("W4", subject.Name, facts.Length, clock.Elapsed, use.Cpu - before.Cpu, Own() - own, use.Bytes, latencies);
        say(string.Create(CultureInfo.InvariantCulture,
            $"W4       {subject.Name,-48}p50 {taken.Latency(0.5):N1} ms, p99 {taken.Latency(0.99):N1} ms, {taken.ServerMicroseconds:N0} µs of servers"));
        return taken;
    }

    private static TimeSpan Own() => ProcessUse.Of(Environment.ProcessId).Cpu;
}

/// <summary>One round of one subject.</summary>
internal sealed record Measurement(
    string Workload, string Subject, int Reports, TimeSpan Elapsed, TimeSpan ServerCpu, TimeSpan SenderCpu, long Bytes, double[] Latencies)
{
    public double PerSecond => Reports / Elapsed.TotalSeconds;

    public double ServerMicroseconds => ServerCpu.TotalMicroseconds / Reports;

    public double SenderMicroseconds => SenderCpu.TotalMicroseconds / Reports;

    /// <summary>Milliseconds until an answer, by rank; 0 where it was not taken.</summary>
    public double Latency(double rank) => Latencies.Length == 0 ? 0 : Latencies[(int)(rank * (Latencies.Length - 1))];
}
