using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Postgres;

/// <summary>
/// The database's clock, by which all silos go, so that what they write and compare does not depend on their machines' clocks.
/// See decision 0008.
/// </summary>
public sealed class StoreClock(PostgresDatabase database) : TimeProvider
{
    private Reading _reading = new(System.GetUtcNow(), System.GetTimestamp());

    public override DateTimeOffset GetUtcNow()
    {
        var reading = Volatile.Read(ref _reading);
        return reading.Time + System.GetElapsedTime(reading.Timestamp);
    }

    /// <summary>How far the database's clock is ahead of this machine's now.</summary>
    public TimeSpan Ahead => GetUtcNow() - System.GetUtcNow();

    /// <summary>Reads the database's clock; until then it is this machine's.</summary>
    /// <returns>How far it had been off.</returns>
    public ValueTask<TimeSpan> ReadAsync(CancellationToken cancellation) => PostgresDatabase.GuardAsync(async () =>
    {
        await using var connection = await database.OpenReadingAsync(cancellation);
        var asked = System.GetTimestamp();
        var times = await connection.ListAsync("SELECT clock_timestamp()", r => r.GetFieldValue<DateTimeOffset>(0), cancellation);
        var answered = System.GetTimestamp();
        var half = System.GetElapsedTime(asked, answered) / 2;
        var before = GetUtcNow();
        Volatile.Write(ref _reading, new(times[0] + half, answered));
        return GetUtcNow() - before;
    });

    private sealed record Reading(DateTimeOffset Time, long Timestamp);
}

/// <summary>Reads it again from time to time.</summary>
internal sealed partial class StoreClockLoop(StoreClock clock, ILogger<StoreClockLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remarkable = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    var off = await clock.ReadAsync(stoppingToken);
                    if (off.Duration() > Remarkable)
                        LogSet(off);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database's clock was set, or its host changed: it moved by {Off}")]
    private partial void LogSet(TimeSpan off);

    [LoggerMessage(LogLevel.Debug, "The database's clock could not be read")]
    private partial void LogFailed(Exception exception);
}
