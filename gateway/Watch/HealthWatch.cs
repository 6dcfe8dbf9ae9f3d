using System.Threading.Channels;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Indicators;
using ClusterPulse.Maintenance;
using ClusterPulse.Regions;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ClusterPulse.Gateway.Watch;

/// <summary>One watcher: one loop looks at the places, one says that it is alive, one writes.</summary>
/// <param name="grains">Places.</param>
/// <param name="places">Which places; asked again now and then, since enterprises come to places that had none.</param>
/// <param name="indicators">Which indicators; null: all.</param>
/// <param name="catalogue">Tells figures of places from those of their clusters.</param>
/// <param name="sight">What the watcher may see of single firms.</param>
/// <param name="interval">Time between two looks.</param>
/// <param name="time">The clock.</param>
internal sealed class HealthWatch(
    IGrainFactory grains, Func<Task<IReadOnlyList<string>>> places, IReadOnlySet<string>? indicators, IndicatorCatalogue catalogue,
    FirmSight sight, TimeSpan interval,
    TimeProvider time)
{
    private const int Parallel = 32;
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PlacesEvery = TimeSpan.FromSeconds(10);

    private readonly PendingEvents _pending = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>Figures of a place as they were last looked at.</summary>
    private sealed record Seen(DateTimeOffset ComputedAt, Dictionary<FigureKey, PlaceFigure> Figures);

    /// <summary>Sends everything there is, the end of the snapshot, and then changes until cancelled.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="resumes">The watcher has a snapshot: it is sent what there is now, without the end of a snapshot.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public async Task RunAsync(IServerStreamWriter<WatchHealthResponse> writer, bool resumes, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] loops =
        [
            LookOnAsync(resumes, ending.Token),
            BeatAsync(ending.Token),
            WriteAsync(writer, ending.Token),
        ];
        var first = await Task.WhenAny(loops);
        await ending.CancelAsync();
        // The others only end because the first has.
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task LookOnAsync(bool resumes, CancellationToken cancellation)
    {
        var watched = await places();
        var read = time.GetTimestamp();
        foreach (var some in watched.Chunk(Parallel))
            await LookAsync(some, cancellation);
        if (!resumes)
            Send(new() { SnapshotEnd = new() });
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (time.GetElapsedTime(read) >= PlacesEvery)
            {
                watched = await TryAsync(places) ?? watched;
                read = time.GetTimestamp();
            }
            foreach (var some in watched.Chunk(Parallel))
                await TryAsync(() => LookAsync(some, cancellation));
        }
    }

    /// <summary>Null where a place is on its way to another silo or the store is away: a later look shows what has changed.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            return null;
        }
    }

    private async Task<PlaceHealth[]> LookAsync(string[] some, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var healths = await Task.WhenAll(some.Select(place => grains.PlaceGrain(place).GetHealthAsync(null)));
        foreach (var health in healths)
            Compare(sight.Show(health));
        _signal.Writer.TryWrite(true);
        return healths;
    }

    private void Compare(PlaceHealth health)
    {
        var before = _seen.GetValueOrDefault(health.Place);
        // A place computes its figures anew only when its cells or a table have changed.
        if (before?.ComputedAt == health.ComputedAt)
            return;
        var figures = new Dictionary<FigureKey, PlaceFigure>();
        foreach (var figure in health.OfPlace(catalogue).Figures)
        {
            if (indicators is not null && !indicators.Contains(figure.Indicator))
                continue;
            var key = new FigureKey(health.Place, figure.Indicator, figure.Figure.Labels);
            figures[key] = figure;
            if (before is null || !before.Figures.TryGetValue(key, out var last) || !Same(last, figure))
                _pending.Changed(key, HealthMessages.ToMessage(health, figure));
        }
        foreach (var (key, last) in before?.Figures ?? [])
        {
            if (!figures.ContainsKey(key))
                _pending.Changed(key, HealthMessages.Gone(health, last));
        }
        _seen[health.Place] = new(health.ComputedAt, figures);
    }

    private static bool Same(PlaceFigure a, PlaceFigure b) =>
        a.Period == b.Period && a.Status == b.Status && a.Coverage.Equals(b.Coverage)
        && a.Figure.Reason == b.Figure.Reason && a.Figure.Value.Equals(b.Figure.Value)
        && a.Figure.Operands.AsSpan().SequenceEqual(b.Figure.Operands.AsSpan());

    private async Task BeatAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(HeartbeatEvery, time);
        while (await timer.WaitForNextTickAsync(cancellation))
            Send(new() { Heartbeat = new() { Time = time.GetUtcNow().ToTimestamp() } });
    }

    private void Send(WatchHealthResponse message)
    {
        _pending.Add(message);
        _signal.Writer.TryWrite(true);
    }

    private async Task WriteAsync(IServerStreamWriter<WatchHealthResponse> writer, CancellationToken cancellation)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellation))
        {
            _signal.Reader.TryRead(out _);
            while (_pending.TryTake(out var message))
            {
                message.ResumeToken = ResumeToken.Format(time.GetUtcNow());
                await writer.WriteAsync(message, cancellation);
            }
        }
    }
}
