using System.Diagnostics.CodeAnalysis;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Watch;

/// <summary>One figure of one place.</summary>
public readonly record struct FigureKey(string Place, string Indicator, string Labels);

/// <summary>
/// What waits for a watcher, in order. A newer value of a figure takes the place of the one that waits, and a heartbeat waits only
/// once, so a watcher that reads slowly costs no more than its figures.
/// </summary>
public sealed class PendingEvents
{
    private readonly Lock _gate = new();
    private readonly Queue<Event> _order = new();
    private readonly Dictionary<FigureKey, Event> _figures = [];
    private bool _heartbeatWaits;

    private sealed class Event
    {
        public FigureKey? Key { get; init; }

        public required WatchHealthResponse Message { get; init; }
    }

    /// <summary>A figure changed.</summary>
    public void Changed(FigureKey key, Observation observation)
    {
        lock (_gate)
        {
            if (_figures.TryGetValue(key, out var waiting))
            {
                waiting.Message.Observation = observation;
                waiting.Message.Skipped++;
                return;
            }
            var fresh = new Event { Key = key, Message = new() { Observation = observation } };
            _figures[key] = fresh;
            _order.Enqueue(fresh);
        }
    }

    /// <summary>Something that every watcher must see in its place, such as the end of the snapshot.</summary>
    public void Add(WatchHealthResponse message)
    {
        lock (_gate)
        {
            if (message.EventCase == WatchHealthResponse.EventOneofCase.Heartbeat)
            {
                if (_heartbeatWaits)
                    return;
                _heartbeatWaits = true;
            }
            _order.Enqueue(new() { Message = message });
        }
    }

    /// <summary>The next one.</summary>
    public bool TryTake([MaybeNullWhen(false)] out WatchHealthResponse message)
    {
        lock (_gate)
        {
            if (!_order.TryDequeue(out var next))
            {
                message = null;
                return false;
            }
            if (next.Key is { } key)
                _figures.Remove(key);
            message = next.Message;
            _heartbeatWaits &= message.EventCase != WatchHealthResponse.EventOneofCase.Heartbeat;
            return true;
        }
    }
}
