using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Hosting;

/// <summary>
/// Looks at the writers every second. That the store answers and has not fenced this silo's own keeps the silo's lifeline;
/// writers of silos that membership has declared dead are fenced, what they had committed is delivered to the places, and they
/// are buried. Any survivor may do it, twice does no harm; the home of the writer's number does it first.
/// </summary>
internal sealed partial class Undertaker(
    IFactStore store, IClusterMembershipService membership, SiloMap map, Lifeline lifeline, SupplierRejudger rejudger, IGrainFactory grains,
    PulseMetrics metrics, TimeProvider time, ILogger<Undertaker> logger) : BackgroundService
{
    private const int Parallel = 16;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The others bury a writer whose home has not done it by then.</summary>
    private static readonly TimeSpan Deference = TimeSpan.FromSeconds(8);

    /// <summary>A silo that membership does not name at all any more, or never did, is dead after this time.</summary>
    private static readonly TimeSpan Unnamed = TimeSpan.FromMinutes(5);

    private readonly Dictionary<int, long> _seenDead = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Period, time);
        var resume = true;
        try
        {
            do
            {
                try
                {
                    if (resume)
                        await rejudger.ResumeAsync(stoppingToken);
                    resume = false;
                    resume = await LookAsync(stoppingToken) > 0;
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    /// <returns>Writers that were buried.</returns>
    private async Task<int> LookAsync(CancellationToken cancellation)
    {
        var self = map.Self.ToParsableString();
        var writers = await store.ListWritersAsync(cancellation);
        if (writers.Any(w => w.Silo == self && w.Fenced))
            lifeline.Fenced();
        else if (writers.Any(w => w.Silo == self))
            lifeline.Proven();
        var buried = 0;
        foreach (var writer in writers)
        {
            if (writer.Silo == self || !IsDead(writer) || !IsDue(writer))
                continue;
            await BuryAsync(writer, cancellation);
            buried++;
        }
        return buried;
    }

    private bool IsDead(WriterRecord writer) =>
        membership.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(writer.Silo)) switch
        {
            SiloStatus.Dead => true,
            SiloStatus.None => writer.Age > Unnamed,
            _ => false,
        };

    private bool IsDue(WriterRecord writer)
    {
        if (map.IsHome($"writer/{writer.Id}"))
            return true;
        if (_seenDead.TryGetValue(writer.Id, out var since))
            return time.GetElapsedTime(since) > Deference;
        _seenDead.Add(writer.Id, time.GetTimestamp());
        return false;
    }

    private async Task BuryAsync(WriterRecord writer, CancellationToken cancellation)
    {
        var sequence = await store.FenceWriterAsync(writer.Id, cancellation);
        var positions = new CommitVector { [writer.Id] = sequence };
        var vector = positions.Positions.ToImmutableDictionary();
        var touched = await store.FindTouchedAsync(positions, cancellation);
        foreach (var some in touched.Chunk(Parallel))
            await Task.WhenAll(some.Select(place => grains.PlaceGrain(place).CatchUpAsync(vector)));
        await store.BuryWriterAsync(writer.Id, cancellation);
        _seenDead.Remove(writer.Id);
        metrics.Buried();
        LogBuried(writer.Id, writer.Silo, sequence, touched.Count);
    }

    [LoggerMessage(LogLevel.Information, "Writer {Writer} of {Silo}, which is dead, is buried at commit {Sequence}; {Places} places have what it committed")]
    private partial void LogBuried(int writer, string silo, long sequence, int places);

    [LoggerMessage(LogLevel.Warning, "The look at the writers did not work this time")]
    private partial void LogFailed(Exception exception);
}
