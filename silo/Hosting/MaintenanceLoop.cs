using System.ComponentModel.DataAnnotations;
using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Silo.Hosting;

/// <summary>How often a silo does what nobody asks for.</summary>
public sealed class MaintenanceOptions
{
    /// <summary>Seconds between checkpoint cycles, 5 to 3600.</summary>
    [Range(5, 3600)]
    public int CycleSeconds { get; set; } = 60;

    /// <summary>Seconds between looks at all known places and at the calendar, 1 to 600.</summary>
    [Range(1, 600)]
    public int RosterSeconds { get; set; } = 10;

    /// <summary>Seconds between checks of places against facts, 5 to 86400.</summary>
    [Range(5, 86_400)]
    public int DriftSeconds { get; set; } = 600;

    /// <summary>Least milliseconds between computations of changed figures while nobody scrapes them, 100 to 60000.</summary>
    [Range(100, 60_000)]
    public int FiguresMilliseconds { get; set; } = 1_000;

    /// <summary>Seconds between exchanges of where regions stand among each other, 1 to 600.</summary>
    [Range(1, 600)]
    public int StandingsSeconds { get; set; } = 10;

    /// <summary>Seconds that the reasons for a place's changes stay before they are made anew, 5 to 86400.</summary>
    [Range(5, 86_400)]
    public int ReasonsSeconds { get; set; } = 60;

    /// <summary>Seconds that every silo must have run a build that knows new measures before they are taken up, 0 to 604800. Until
    /// then the upgrade can be taken back.</summary>
    [Range(0, 604_800)]
    public int NewMeasuresAfterSeconds { get; set; } = 600;
}

/// <summary>Shared tables and what figures are compared with every second, figures as often or, while there is much to compute, less; reasons
/// every five, standings, the roster and the calendar every ten, a checkpoint cycle every minute, a check for drift every ten.
/// What is done once for the whole system is asked for by the silo where the maintenance grain has its home. What fails is done
/// at the next time.</summary>
internal sealed partial class MaintenanceLoop(
    IGrainFactory grains, IFactStore store, LivePlaces places, FigureRefresh figures, SharedTablesSource tables, SurroundingsSource surroundings,
    StandingsSource standings, ReasonSource reasons, Roster roster, SiloMap map, IOptions<MaintenanceOptions> options, TimeProvider time, ILogger<MaintenanceLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan TablesPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MapPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SurroundingsPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StandingsPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReasonsPeriod = TimeSpan.FromSeconds(5);

    private readonly MaintenanceOptions _options = options.Value;
    private long _mapVersion;
    private long _standingsAt;
    private bool _hasNewMeasures;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var maintenance = grains.GetGrain<IMaintenanceGrain>(0);
        return Task.WhenAll(
            EveryAsync(TablesPeriod, "shared tables", () => tables.RefreshAsync(stoppingToken).AsTask(), stoppingToken),
            EveryAsync(TimeSpan.FromMilliseconds(_options.FiguresMilliseconds), "figures", figures.RunAtLeisureAsync, stoppingToken),
            EveryAsync(SurroundingsPeriod, "denominators", () => surroundings.RefreshAsync(places.All.Select(p => p.Identity)), stoppingToken),
            EveryAsync(StandingsPeriod, "standings", ExchangeStandingsAsync, stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.RosterSeconds), "roster", roster.TouchAsync, stoppingToken),
            EveryAsync(MapPeriod, "roster after a change of membership", TouchAfterChangeAsync, stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.RosterSeconds), "calendar", Once(maintenance.CloseDueAsync), stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.CycleSeconds), "checkpoint cycle", Once(maintenance.CycleAsync), stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.RosterSeconds), "change to new measures", Once(TakeUpMeasuresAsync), stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.DriftSeconds), "check for drift", Once(maintenance.CheckDriftAsync), stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.RosterSeconds), "taking back of submissions", Once(ContinueWithdrawalsAsync), stoppingToken),
            EveryAsync(ReasonsPeriod, "reasons for changes", () => RefreshReasonsAsync(stoppingToken), stoppingToken));

        async Task TakeUpMeasuresAsync() =>
            _hasNewMeasures = _hasNewMeasures || await maintenance.TakeUpMeasuresAsync(TimeSpan.FromSeconds(_options.NewMeasuresAfterSeconds));

        // Each by itself: one that fails does not keep the others waiting.
        async Task ContinueWithdrawalsAsync() =>
            await Task.WhenAll((await store.ListWithdrawalsAsync(stoppingToken)).Select(w => ContinueWithdrawalAsync(grains.GetGrain<ISubmissionGrain>($"{w.Bureau}/{w.Submission}"))));

        async Task ContinueWithdrawalAsync(ISubmissionGrain submission)
        {
            while (!stoppingToken.IsCancellationRequested && await submission.ContinueWithdrawalAsync() is { Withdrawal: { Finished: null } })
            {
                // The next part.
            }
        }

        Func<Task> Once(Func<Task> action) => () => map.IsHome(MaintenanceGrain.Key) ? action() : Task.CompletedTask;
    }

    /// <summary>A dead silo's places come back at once, not at the roster's next look.</summary>
    private async Task TouchAfterChangeAsync()
    {
        if (_mapVersion == map.Version)
            return;
        _mapVersion = map.Version;
        await roster.TouchAsync();
    }

    /// <summary>At its own pace, but after a start as soon as there is something to tell or to get: figures wait for it.</summary>
    private async Task ExchangeStandingsAsync()
    {
        if (standings.IsKnown && time.GetElapsedTime(_standingsAt) < TimeSpan.FromSeconds(_options.StandingsSeconds))
            return;
        _standingsAt = time.GetTimestamp();
        await standings.ExchangeAsync(places.All);
    }

    private async Task RefreshReasonsAsync(CancellationToken stopping)
    {
        PlaceHealth[] here = [.. places.All.Where(p => p.Identity.IsExported(tables.Current.Clusters)).Select(p => p.Published).OfType<PlaceHealth>().DistinctBy(h => h.Place)];
        var pass = await reasons.RefreshAsync(here, TimeSpan.FromSeconds(_options.ReasonsSeconds), stopping);
        if (pass.Places > 0)
            LogReasons(pass.Explained, pass.Places, pass.Busy.TotalMilliseconds);
    }

    private async Task EveryAsync(TimeSpan period, string what, Func<Task> action, CancellationToken stopping)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(period, time);
        try
        {
            do
            {
                try
                {
                    await action();
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    LogFailed(what, e);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    [LoggerMessage(LogLevel.Debug, "The changes of {Figures} figures of {Places} places were explained in {Milliseconds} ms")]
    private partial void LogReasons(int figures, int places, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "The {What} did not work this time")]
    private partial void LogFailed(string what, Exception exception);
}
