using System.Diagnostics;
using System.Globalization;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>What no peer has anything to set against: how soon a country turns to a new month, and how soon a subject is back after kill -9.</summary>
internal sealed class LiveTrials(World world, int senders, Action<string> say)
{
    private const int MostNamed = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    /// <summary>Regions tell each other where they stand every ten seconds.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>W8: from the last acknowledgement of a month until every gauge that stood at the month before stands at it.</summary>
    public async Task<Measurement> TurnAsync(ILiveSubject subject, int month)
    {
        await subject.SettleAsync();
        var (before, _) = await SteadyAsync(subject, Stopwatch.StartNew());
        var expected = before.At(month - 1);
        var use = subject.Use();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(part => Task.Run(() => subject.IngestAsync(
            string.Create(CultureInfo.InvariantCulture, $"w8-{month}-{part}"), world.Month(month, Order.FeedByFeed, 0, part, senders)))));
        var clock = Stopwatch.StartNew();
        int left;
        do
        {
            var now = (await subject.ReadGaugesAsync()).At(month).ToHashSet(StringComparer.Ordinal);
            left = expected.Count(e => !now.Contains(e));
            if (left > 0)
                await Task.Delay(Pause);
        }
        while (left > 0 && clock.Elapsed < Longest);
        var turned = clock.Elapsed;
        var (_, changed) = await SteadyAsync(subject, clock);
        clock.Stop();
        var note = string.Create(CultureInfo.InvariantCulture,
            $"{expected.Count - left:N0} of {expected.Count:N0} months of places turned {turned.TotalSeconds:N2} s after the last acknowledgement, the last figure changed after {changed.TotalSeconds:N1} s");
        return Taken("W8", subject, clock, use, note);
    }

    /// <summary>W9: kill -9, start again: until it takes reports, until every gauge is back with its value.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="known">A report that it has: taken again it changes nothing.</param>
    public async Task<Measurement> ReturnAsync(ILiveSubject subject, Fact known)
    {
        await subject.SettleAsync();
        var (before, _) = await SteadyAsync(subject, Stopwatch.StartNew());
        await subject.KillAsync();
        var clock = Stopwatch.StartNew();
        await subject.RestartAsync();
        var serves = clock.Elapsed;
        var takes = TakesAsync();
        IReadOnlyList<string> missing;
        do
        {
            try
            {
                missing = (await subject.ReadGaugesAsync()).Missing(before);
            }
            catch (HttpRequestException)
            {
                missing = [.. before.Series.Keys];
            }
            if (missing.Count > 0)
                await Task.Delay(Pause);
        }
        while (missing.Count > 0 && clock.Elapsed < Longest);
        foreach (var series in missing.Take(MostNamed))
            say($"not back: {series}");
        clock.Stop();
        var took = await takes;
        var note = string.Create(CultureInfo.InvariantCulture,
            $"serves after {serves.TotalSeconds:N1} s, takes a report after {took.TotalSeconds:N1} s, {before.Series.Count - missing.Count:N0} of {before.Series.Count:N0} series back with their values after {clock.Elapsed.TotalSeconds:N1} s");
        return Taken("W9", subject, clock, default, note);

        async Task<TimeSpan> TakesAsync()
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await subject.IngestOneAsync(string.Create(CultureInfo.InvariantCulture, $"w9-{attempt}"), known);
                    return clock.Elapsed;
                }
                catch (Grpc.Core.RpcException) when (clock.Elapsed < Longest)
                {
                    await Task.Delay(Pause);
                }
            }
        }
    }

    /// <summary>Gauges once they have not changed for longer than anything waits that is made of others.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="clock">Tells, with the gauges, when the last of them changed.</param>
    private static async Task<(Gauges Gauges, TimeSpan Changed)> SteadyAsync(ILiveSubject subject, Stopwatch clock)
    {
        var (last, changed, began) = (await subject.ReadGaugesAsync(), clock.Elapsed, clock.Elapsed);
        while (clock.Elapsed - changed < Steady && clock.Elapsed - began < Longest)
        {
            await Task.Delay(Pause * 5);
            var now = await subject.ReadGaugesAsync();
            if (now.Series.Count != last.Series.Count || now.Missing(last).Count > 0)
                changed = clock.Elapsed;
            last = now;
        }
        return (last, changed);
    }

    private Measurement Taken(string workload, ILiveSubject subject, Stopwatch clock, ProcessUse before, string note)
    {
        var use = subject.Use();
        say($"{workload,-8} {subject.Name}: {note}");
        return new(workload, subject.Name, 0, clock.Elapsed, use.Cpu - before.Cpu, default, use.Bytes, []) { Note = note };
    }
}
