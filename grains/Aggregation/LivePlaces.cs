using System.Collections.Concurrent;

namespace ClusterPulse.Aggregation;

/// <summary>The place activations of this silo: what gauges are exported from, who is told that the floor moved, and what is
/// handed over when the silo drains.</summary>
public sealed class LivePlaces
{
    private readonly ConcurrentDictionary<LivePlace, Action> _places = [];

    public IEnumerable<LivePlace> All => _places.Keys;

    public int Count => _places.Count;

    /// <summary>Adds an activation.</summary>
    /// <param name="place">Its live part.</param>
    /// <param name="migrate">Has it move to the silo where it belongs now.</param>
    public void Add(LivePlace place, Action migrate) => _places.TryAdd(place, migrate);

    public void Remove(LivePlace place) => _places.TryRemove(place, out _);

    /// <summary>Has all of them move.</summary>
    public void MigrateAll()
    {
        foreach (var migrate in _places.Values)
            migrate();
    }
}
