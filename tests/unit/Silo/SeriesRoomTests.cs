using System.Diagnostics.Metrics;
using ClusterPulse.Silo.Metrics;
using Xunit;

namespace ClusterPulse.UnitTests.Silo;

public sealed class SeriesRoomTests
{
    [Fact]
    public void A_gauge_has_room_for_twice_its_series_and_a_small_one_for_some()
    {
        var room = new SeriesRoom(Series(("large", 0, 3 * SeriesRoom.Least), ("small", 0, 1)));

        Assert.Equal(6 * SeriesRoom.Least, room.Limit("large"));
        Assert.Equal(SeriesRoom.Least, room.Limit("small"));
        Assert.Equal(SeriesRoom.Least, room.Limit("not seen yet"));
    }

    [Fact]
    public void The_same_series_again_take_no_room()
    {
        var room = new SeriesRoom(Series(("g", 0, SeriesRoom.Least)));

        for (var scrape = 0; scrape < 5; scrape++)
            Assert.True(room.Take(Series(("g", 0, SeriesRoom.Least))));
    }

    [Fact]
    public void Series_that_come_and_go_fill_it()
    {
        var room = new SeriesRoom(Series(("g", 0, 300)));

        Assert.True(room.Take(Series(("g", 300, 300))));
        Assert.False(room.Take(Series(("g", 600, 1))));
    }

    [Fact]
    public void A_gauge_that_was_not_there_fills_its_own_room()
    {
        var room = new SeriesRoom(Series());

        Assert.True(room.Take(Series(("new", 0, SeriesRoom.Least))));
        Assert.False(room.Take(Series(("new", 0, SeriesRoom.Least + 1))));
    }

    private static Dictionary<string, List<Measurement<double>>> Series(params (string Gauge, int First, int Count)[] gauges) =>
        gauges.ToDictionary(g => g.Gauge, g => Enumerable.Range(g.First, g.Count)
            .Select(i => new Measurement<double>(i, new("level", "county"), new KeyValuePair<string, object?>("code", $"{i}"))).ToList());
}
