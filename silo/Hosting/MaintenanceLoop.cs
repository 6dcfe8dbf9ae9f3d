using System.ComponentModel.DataAnnotations;
using ClusterPulse.Aggregation;
using ClusterPulse.Maintenance;
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

    /// <summary>Milliseconds between computations of changed figures, 100 to 60000.</summary>
    [Range(100, 60_000)]
    public int FiguresMilliseconds { get; set; } = 1_000;
}

/// <summary>Figures every second, the roster and the calendar every ten, a checkpoint cycle every minute. What fails is done at the
/// next time.</summary>
internal sealed partial class MaintenanceLoop(
    IGrainFactory grains, LivePlaces places, SharedTablesSource tables, IOptions<MaintenanceOptions> options, TimeProvider time,
    ILogger<MaintenanceLoop> logger) : BackgroundService
{
    private readonly MaintenanceOptions _options = options.Value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var maintenance = grains.GetGrain<IMaintenanceGrain>(0);
        return Task.WhenAll(
            EveryAsync(TimeSpan.FromMilliseconds(_options.FiguresMilliseconds), "figures", RefreshAsync, stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.RosterSeconds), "roster", RosterAsync, stoppingToken),
            EveryAsync(TimeSpan.FromSeconds(_options.CycleSeconds), "checkpoint cycle", maintenance.CycleAsync, stoppingToken));

        async Task RosterAsync()
        {
            await maintenance.TouchAllAsync();
            await maintenance.CloseDueAsync();
        }
    }

    private async Task RefreshAsync()
    {
        await tables.RefreshAsync();
        foreach (var place in places.All)
        {
            if (place.Identity.IsExported)
                await place.RefreshAsync();
        }
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

    [LoggerMessage(LogLevel.Warning, "The {What} did not work this time")]
    private partial void LogFailed(string what, Exception exception);
}
