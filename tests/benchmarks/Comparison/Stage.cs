using System.Diagnostics;
using System.Globalization;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>Subjects that have been started with the same world, and are sent the same in turns, so that a machine that gets slower does so
/// for each of them. The rate counts until the last acknowledgement, the processor time until all is settled, so that nothing that a subject
/// puts off falls into another's turn. Gauges are scraped meanwhile.</summary>
internal sealed class Stage(World world, int senders, IReadOnlyList<ISubject> subjects, Action<string> say) : IAsyncDisposable
{
    public const string WarmUp = "warm-up";

    /// <summary>Fewer than the product admits at a time.</summary>
    private const int MostUnanswered = 200;

    private static readonly TimeSpan ScrapeEvery = TimeSpan.FromSeconds(5);

    private int _rounds;

    public World World => world;

    public IReadOnlyList<ISubject> Subjects => subjects;

    public async Task StartAsync()
    {
        foreach (var subject in subjects)
        {
            var started = Stopwatch.StartNew();
            await subject.StartAsync(world);
            say($"{subject.Name}: {world.Enterprises:N0} enterprises registered after {started.Elapsed.TotalSeconds:N0} s");
        }
    }

    /// <summary>A month to each subject, from all senders at once.</summary>
    public Task<IReadOnlyList<Measurement>> RoundAsync(string workload, int month, Order order, int version = 0) => RoundAsync(
        workload, $"{month}-{version}", part => world.Month(month, order, version, part, senders), world.FactsOfMonth, World.Period(month));

    /// <summary>Anything to each subject, from all senders at once.</summary>
    /// <param name="workload">Its name; nothing is kept of warming up.</param>
    /// <param name="label">Differs between rounds.</param>
    /// <param name="facts">What a sender sends.</param>
    /// <param name="count">How many that are from all senders.</param>
    /// <param name="what">For the log.</param>
    /// <param name="watchers">Streams of changes that are open meanwhile; then only live subjects take part.</param>
    public async Task<IReadOnlyList<Measurement>> RoundAsync(
        string workload, string label, Func<int, IEnumerable<Fact>> facts, int count, string what, int watchers = 0)
    {
        var taken = new List<Measurement>(subjects.Count);
        // Another one begins each time.
        foreach (var subject in subjects.Skip(_rounds % subjects.Count).Concat(subjects.Take(_rounds % subjects.Count)))
        {
            if (watchers > 0 && subject is not ILiveSubject)
                continue;
            await using var watching = watchers > 0 ? ((ILiveSubject)subject).Watch(watchers) : null;
            var (before, own, clock) = (subject.Use(), Own(), Stopwatch.StartNew());
            using var ending = new CancellationTokenSource();
            var scrapes = ScrapeAsync(subject, watching, ending.Token);
            await Task.WhenAll(Enumerable.Range(0, senders).Select(part => Task.Run(() => subject.IngestAsync(
                string.Create(CultureInfo.InvariantCulture, $"{workload}-{label}-{part}").ToLowerInvariant(), facts(part)))));
            clock.Stop();
            await ending.CancelAsync();
            var note = await scrapes;
            await subject.SettleAsync();
            var use = subject.Use();
            var round = new Measurement(workload, subject.Name, count, clock.Elapsed, use.Cpu - before.Cpu, Own() - own, use.Bytes, []) { Note = note };
            taken.Add(round);
            say(string.Create(CultureInfo.InvariantCulture,
                $"{workload,-8} {what} {subject.Name,-48}{round.PerSecond,10:N0} reports/s{round.ServerMicroseconds,8:N1} µs of servers{round.SenderMicroseconds,7:N1} of sender {note}"));
        }
        _rounds++;
        return taken;
    }

    /// <summary>Single reports at an even pace. An answer counts from when its report was due, also where that had to wait for others.</summary>
    public async Task<Measurement> TrickleAsync(ISubject subject, string label, int month, int seconds, int perSecond)
    {
        var facts = world.Month(month, Order.FeedByFeed, 0, 0, 1).Take(seconds * perSecond).ToArray();
        var latencies = new double[facts.Length];
        var (before, own, clock) = (subject.Use(), Own(), Stopwatch.StartNew());
        var running = new List<Task>(facts.Length);
        using var unanswered = new SemaphoreSlim(MostUnanswered);
        for (var i = 0; i < facts.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            var number = i;
            await unanswered.WaitAsync();
            running.Add(Task.Run(async () =>
            {
                try
                {
                    await subject.IngestOneAsync($"{label}-{number}", facts[number]);
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
            $"{label.ToUpperInvariant(),-10} {subject.Name,-48}p50 {taken.Latency(0.5):N1} ms, p99 {taken.Latency(0.99):N1} ms, {taken.ServerMicroseconds:N0} µs of servers"));
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subject in subjects)
            await subject.DisposeAsync();
    }

    /// <summary>Scrapes until it ends; with watchers from the beginning, and says how long that took.</summary>
    private static async Task<string> ScrapeAsync(ISubject subject, Watchers? watching, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(ScrapeEvery);
        Gauges? slowest = null;
        try
        {
            do
            {
                if (watching is null || subject is not ILiveSubject live)
                {
                    if (await timer.WaitForNextTickAsync(ending))
                        await subject.ScrapeAsync();
                    continue;
                }
                var gauges = await live.ReadGaugesAsync();
                if (slowest is null || gauges.Took > slowest.Took)
                    slowest = gauges;
                await timer.WaitForNextTickAsync(ending);
            }
            while (!ending.IsCancellationRequested);
        }
        catch (OperationCanceledException)
        {
            // The round is over.
        }
        return slowest is null ? "" : string.Create(CultureInfo.InvariantCulture,
            $"{watching!.Messages:N0} messages to watchers; slowest scrape {slowest.Took.TotalSeconds:N2} s, {slowest.Series.Count:N0} series");
    }

    private static TimeSpan Own() => ProcessUse.Of(Environment.ProcessId).Cpu;
}
