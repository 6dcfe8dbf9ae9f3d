using Microsoft.Extensions.Logging;

namespace ClusterPulse.Aggregation;

/// <summary>How a Combiner reaches a place.</summary>
public interface IPlaceChannel
{
    /// <summary>Delivers a message.</summary>
    /// <returns>How far the place knows the message's writer now.</returns>
    Task<long> SendAsync(string place, DeltaMessage message);
}

/// <summary>Tells places what their silo's writers committed: one message at a time per place and writer, merged while one is
/// under way, repeated until it is answered.</summary>
public sealed partial class Combiner(IPlaceChannel channel, PulseMetrics metrics, TimeProvider time, ILogger<Combiner> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Place, int Writer), Lane> _lanes = [];
    private TaskCompletionSource? _idle;
    private int _running;

    private sealed class Lane(string place, int writer)
    {
        public string Place { get; } = place;
        public PlaceOutbox Outbox { get; } = new(writer);
        public bool Running { get; set; }

        /// <summary>When the oldest commit was committed that waits for the next message; null: none waits.</summary>
        public long? Waiting { get; set; }

        /// <summary>The same of the message under way.</summary>
        public long? UnderWay { get; set; }
    }

    /// <summary>Takes a commit's deltas over, after the commit. The sums belong to the Combiner from here on.</summary>
    public void Enqueue(int writer, long sequence, IReadOnlyDictionary<string, CellSums> places)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var (place, sums) in places)
            {
                if (!_lanes.TryGetValue((place, writer), out var lane))
                    _lanes.Add((place, writer), lane = new(place, writer));
                lane.Outbox.Add(sequence, sums);
                lane.Waiting ??= now;
                if (lane.Running)
                    continue;
                lane.Running = true;
                _running++;
                _ = Task.Run(() => PumpAsync(lane));
            }
        }
    }

    /// <summary>Completes once every place has been told everything.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_running == 0)
                return Task.CompletedTask;
            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task PumpAsync(Lane lane)
    {
        var pause = FirstPause;
        while (Take(lane) is { } message)
        {
            try
            {
                var known = await channel.SendAsync(lane.Place, message);
                lock (_gate)
                {
                    lane.Outbox.Answered(known);
                    if (known >= message.Upto && lane.UnderWay is { } committed)
                    {
                        metrics.Visible(time.GetElapsedTime(committed));
                        lane.UnderWay = null;
                    }
                }
                pause = FirstPause;
            }
            catch (Exception e)
            {
                // Whatever it was, the message stays until it is answered; the log has it should this silo die.
                LogNotDelivered(lane.Place, message.Writer, message.After, message.Upto, e);
                await Task.Delay(pause, time);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private DeltaMessage? Take(Lane lane)
    {
        lock (_gate)
        {
            if (lane.Outbox.Next() is { } message)
            {
                if (lane.UnderWay is null)
                    (lane.UnderWay, lane.Waiting) = (lane.Waiting, null);
                return message;
            }
            (lane.Running, lane.Waiting) = (false, null);
            if (--_running == 0)
            {
                _idle?.SetResult();
                _idle = null;
            }
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Place} did not answer commits ({After}, {Upto}] of writer {Writer}; sending again")]
    private partial void LogNotDelivered(string place, int writer, long after, long upto, Exception exception);
}
