using System.Globalization;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>How large a comparison is.</summary>
/// <param name="Enterprises">Of all workloads but W3 and W7.</param>
/// <param name="WarmUpMonths">Sent before anything is measured.</param>
/// <param name="Rounds">Measured for each workload that sends months.</param>
/// <param name="Senders">Streams at a time.</param>
/// <param name="TrickleSeconds">W4.</param>
/// <param name="TricklePerSecond">W4.</param>
/// <param name="ColdEnterprises">W3.</param>
/// <param name="BackfillEnterprises">W7.</param>
/// <param name="BackfillMonths">W7.</param>
/// <param name="Watchers">W6.</param>
internal sealed record ComparisonSize(
    int Enterprises, int WarmUpMonths, int Rounds, int Senders, int TrickleSeconds, int TricklePerSecond, int ColdEnterprises,
    int BackfillEnterprises, int BackfillMonths, int Watchers);

/// <summary>Runs workloads on all subjects, each stage on fresh ones.</summary>
internal sealed class Comparer(ComparisonSize size, Func<IReadOnlyList<ISubject>> make, Action<string> say)
{
    /// <summary>Of single reports, which take another way than streams.</summary>
    private const int WarmUpSeconds = 5;

    /// <summary>What is sent to the same servers one after the other.</summary>
    private static readonly string[] OneWorld = ["W1", "W1b", "W2", "W6", "W4", "W8", "W9"];

    private readonly List<Measurement> _measurements = [];

    public World World { get; } = new(size.Enterprises);

    public async Task<IReadOnlyList<Measurement>> RunAsync(IReadOnlyCollection<string> workloads)
    {
        if (OneWorld.Any(workloads.Contains))
            await OnAsync(World, stage => WarmAsync(stage, workloads));
        if (workloads.Contains("W5"))
            await OnAsync(new(size.Enterprises, hotSpot: true), HotSpotAsync);
        if (workloads.Contains("W7"))
            await OnAsync(new(size.BackfillEnterprises), BackfillAsync);
        if (workloads.Contains("W3"))
            await OnAsync(new(size.ColdEnterprises), ColdAsync);
        return _measurements;
    }

    private async Task OnAsync(World world, Func<Stage, Task> run)
    {
        await using var stage = new Stage(world, size.Senders, make(), say);
        await stage.StartAsync();
        await run(stage);
    }

    private async Task WarmAsync(Stage stage, IReadOnlyCollection<string> workloads)
    {
        var month = await WarmUpAsync(stage);
        if (workloads.Contains("W1"))
        {
            for (var round = 0; round < size.Rounds; round++, month++)
                _measurements.AddRange(await stage.RoundAsync("W1", month, Order.Together));
        }
        if (workloads.Contains("W1b"))
        {
            for (var round = 0; round < size.Rounds; round++, month++)
                _measurements.AddRange(await stage.RoundAsync("W1b", month, Order.FeedByFeed));
        }
        if (workloads.Contains("W2"))
        {
            for (var round = 1; round <= size.Rounds; round++)
                _measurements.AddRange(await stage.RoundAsync("W2", month - 1, Order.Together, round));
        }
        if (workloads.Contains("W6"))
        {
            for (var round = 0; round < size.Rounds; round++, month++)
            {
                var sent = month;
                _measurements.AddRange(await stage.RoundAsync(
                    "W6", $"{sent}", part => stage.World.Month(sent, Order.Together, 0, part, size.Senders), stage.World.FactsOfMonth, World.Period(sent), size.Watchers));
            }
        }
        if (workloads.Contains("W4"))
        {
            foreach (var subject in stage.Subjects)
            {
                await stage.TrickleAsync(subject, "w4-warm-up", month + 1, WarmUpSeconds, size.TricklePerSecond);
                _measurements.Add(await stage.TrickleAsync(subject, "w4", month + 2, size.TrickleSeconds, size.TricklePerSecond));
            }
        }
        var trials = new LiveTrials(stage.World, size.Senders, say);
        foreach (var subject in stage.Subjects.OfType<ILiveSubject>())
        {
            if (workloads.Contains("W8"))
                _measurements.Add(await trials.TurnAsync(subject, month));
            if (workloads.Contains("W9"))
                _measurements.Add(await trials.ReturnAsync(subject, stage.World.Month(0, Order.Together, 0, 0, 1).First()));
        }
    }

    private async Task HotSpotAsync(Stage stage)
    {
        var month = await WarmUpAsync(stage);
        for (var round = 0; round < size.Rounds; round++, month++)
            _measurements.AddRange(await stage.RoundAsync("W5", month, Order.Together));
    }

    /// <summary>Each enterprise's months, one month after the other, in one go.</summary>
    private async Task BackfillAsync(Stage stage) => _measurements.AddRange(await stage.RoundAsync(
        "W7", "all",
        part => Enumerable.Range(0, size.BackfillMonths).SelectMany(month => stage.World.Month(month, Order.Together, 0, part, size.Senders)),
        stage.World.FactsOfMonth * size.BackfillMonths,
        string.Create(CultureInfo.InvariantCulture, $"{size.BackfillMonths} months")));

    /// <summary>One report of each enterprise, none of which is in memory.</summary>
    private async Task ColdAsync(Stage stage)
    {
        foreach (var subject in stage.Subjects.OfType<ILiveSubject>())
        {
            await subject.SettleAsync();
            await subject.KillAsync();
            await subject.RestartAsync();
        }
        _measurements.AddRange(await stage.RoundAsync(
            "W3", "cold",
            part => stage.World.Month(0, Order.FeedByFeed, 0, part, size.Senders).TakeWhile(f => f.Feed == V1.Feed.Output),
            stage.World.Enterprises,
            World.Period(0)));
    }

    private async Task<int> WarmUpAsync(Stage stage)
    {
        var month = 0;
        for (; month < size.WarmUpMonths; month++)
            await stage.RoundAsync(Stage.WarmUp, month, month % 2 == 0 ? Order.Together : Order.FeedByFeed);
        return month;
    }
}
