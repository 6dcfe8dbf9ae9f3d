using ClusterPulse.Cli.Sending;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Sending;

public sealed class SendRateTests
{
    private readonly SendRate _rate = new();

    [Fact]
    public void It_tells_the_rate_and_the_time_left()
    {
        for (var s = 0; s <= 10; s++)
            _rate.Mark(TimeSpan.FromSeconds(s), 500 * s, 0.02 * s);

        Assert.Equal(500, _rate.RowsPerSecond, 6);
        Assert.Equal(40, _rate.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void What_was_fast_long_ago_counts_no_more()
    {
        _rate.Mark(TimeSpan.Zero, 0, 0);
        for (var s = 1; s <= 100; s++)
            _rate.Mark(TimeSpan.FromSeconds(s), 1_000_000 + 10 * s, 0.5);

        Assert.InRange(_rate.RowsPerSecond, 9.9, 10.1);
        // Nothing was read for half a minute: nobody knows.
        Assert.Null(_rate.Left);
    }

    [Fact]
    public void Before_it_has_begun_nobody_knows()
    {
        Assert.Equal((0d, (TimeSpan?)null), (_rate.RowsPerSecond, _rate.Left));
        _rate.Mark(TimeSpan.Zero, 5, 0.1);
        Assert.Equal((0d, (TimeSpan?)null), (_rate.RowsPerSecond, _rate.Left));
    }
}
