using System.Threading.Channels;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ClusterPulse.Gateway.Watch;

/// <summary>
/// One watcher: one loop looks at the places, the other writes. A watcher that reads slowly gets the newest value of each figure
/// and how many it missed, so what waits is bounded by the number of figures.
/// </summary>
internal sealed class HealthWatch(
    IGrainFactory grains, IReadOnlyList<string> places, IReadOnlySet<string>? indicators, TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string, string, string), Pending> _pending = [];
    private readonly Queue<(string, string, string)> _order = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<(string, string, string), PlaceFigure> _seen = [];
    private readonly Dictionary<string, long> _revisions = [];

    private sealed record Pending(Observation Observation, long Skipped);

    /// <summary>Sends everything there is, the end of the snapshot, and then changes until cancelled.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="resumes">The watcher has a snapshot: what it has not seen changed is sent, without the end of a snapshot.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public async Task RunAsync(IServerStreamWriter<WatchHealthResponse> writer, bool resumes, CancellationToken cancellation)
    {
        await LookAsync();
        await DrainAsync(writer, cancellation);
        if (!resumes)
            await WriteAsync(writer, new() { SnapshotEnd = new() }, cancellation);
        var looking = LookOnAsync(cancellation);
        var heartbeat = time.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            await DrainAsync(writer, cancellation);
            if (time.GetElapsedTime(heartbeat) >= HeartbeatEvery)
            {
                heartbeat = time.GetTimestamp();
                await WriteAsync(writer, new() { Heartbeat = new() { Time = time.GetUtcNow().ToTimestamp() } }, cancellation);
            }
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var left = HeartbeatEvery - time.GetElapsedTime(heartbeat);
            await Task.WhenAny(
                _signal.Reader.ReadAsync(waiting.Token).AsTask(), looking, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, waiting.Token));
            await waiting.CancelAsync();
            if (looking.IsFaulted)
                await looking;
        }
    }

    private async Task LookOnAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
            await LookAsync();
    }

    private async Task LookAsync()
    {
        foreach (var place in places)
        {
            var health = await grains.PlaceGrain(place).GetHealthAsync(null);
            if (_revisions.TryGetValue(place, out var before) && before == health.ComputedAt.UtcTicks)
                continue;
            _revisions[place] = health.ComputedAt.UtcTicks;
            foreach (var figure in health.Figures)
            {
                if (indicators is not null && !indicators.Contains(figure.Indicator))
                    continue;
                var key = (place, figure.Indicator, figure.Figure.Labels);
                if (_seen.TryGetValue(key, out var last) && Same(last, figure))
                    continue;
                _seen[key] = figure;
                Offer(key, HealthMessages.ToMessage(health, figure));
            }
        }
        _signal.Writer.TryWrite(true);
    }

    private static bool Same(PlaceFigure a, PlaceFigure b) =>
        a.Period == b.Period && a.Status == b.Status && a.Figure.Reason == b.Figure.Reason && a.Figure.Value.Equals(b.Figure.Value);

    private void Offer((string, string, string) key, Observation observation)
    {
        lock (_gate)
        {
            var skipped = _pending.TryGetValue(key, out var waiting) ? waiting.Skipped + 1 : 0;
            if (waiting is null)
                _order.Enqueue(key);
            _pending[key] = new(observation, skipped);
        }
    }

    private async Task DrainAsync(IServerStreamWriter<WatchHealthResponse> writer, CancellationToken cancellation)
    {
        while (true)
        {
            Pending next;
            lock (_gate)
            {
                if (!_order.TryDequeue(out var key))
                    return;
                _pending.Remove(key, out next!);
            }
            await WriteAsync(writer, new() { Observation = next.Observation, Skipped = next.Skipped }, cancellation);
        }
    }

    private Task WriteAsync(IServerStreamWriter<WatchHealthResponse> writer, WatchHealthResponse message, CancellationToken cancellation)
    {
        message.ResumeToken = ResumeToken.Format(time.GetUtcNow());
        return writer.WriteAsync(message, cancellation);
    }
}
