using System.Collections.Concurrent;

namespace ClusterPulse.Aggregation;

/// <summary>The place activations of this silo: what gauges are exported from, and who is told that the floor moved.</summary>
public sealed class LivePlaces
{
    private readonly ConcurrentDictionary<LivePlace, byte> _places = [];

    public IEnumerable<LivePlace> All => _places.Keys;

    public int Count => _places.Count;

    public void Add(LivePlace place) => _places.TryAdd(place, 0);

    public void Remove(LivePlace place) => _places.TryRemove(place, out _);
}
