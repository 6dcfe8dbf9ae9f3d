using ClusterPulse.Aggregation;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Which places a silo holds, and that it can send them away.</summary>
public sealed class LivePlacesTests(LoadedReference reference) : IDisposable
{
    private readonly LivePlaceWorld _world = new(reference);
    private readonly LivePlaces _places = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Those_that_are_here_are_asked_to_move_and_those_that_left_are_not()
    {
        var (stays, leaves) = (_world.Open(), _world.Open());
        var asked = new List<LivePlace>();
        _places.Add(stays, () => asked.Add(stays));
        _places.Add(leaves, () => asked.Add(leaves));
        Assert.Equal(2, _places.Count);

        _places.Remove(leaves);
        _places.MigrateAll();

        Assert.Equal([stays], asked);
        Assert.Equal([stays], _places.All);
        Assert.Equal(1, _places.Count);
    }
}
