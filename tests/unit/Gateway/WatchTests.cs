using ClusterPulse.Gateway.Watch;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>What waits for a watcher, and where it goes on.</summary>
public sealed class WatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private static readonly FigureKey A = new("regions/3205", "local_linkage_ratio", "");
    private static readonly FigureKey B = A with { Place = "regions/3206" };

    [Fact]
    public void A_token_is_good_for_an_hour()
    {
        var token = ResumeToken.Format(Now);

        Assert.True(ResumeToken.TryParse(token, Now.AddMinutes(59), out var at));
        Assert.Equal(Now, at);
        Assert.False(ResumeToken.TryParse(token, Now.AddMinutes(61), out _));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not a token at all, and a long one too")]
    [InlineData("AgAAAAAAAAAA")]
    [InlineData("////////////")]
    public void What_is_no_token_of_ours_is_refused(string token) => Assert.False(ResumeToken.TryParse(token, Now, out _));

    [Fact]
    public void A_slow_watcher_gets_the_newest_value_once_and_the_number_of_skipped_ones()
    {
        var pending = new PendingEvents();
        pending.Changed(A, new() { Value = 1 });
        pending.Changed(B, new() { Value = 10 });
        pending.Changed(A, new() { Value = 2 });
        pending.Changed(A, new() { Value = 3 });

        Assert.Equal([(3, 2), (10, 0)], Take(pending).Select(m => (m.Observation.Value, m.Skipped)));
        pending.Changed(A, new() { Value = 4 });
        Assert.Equal((4, 0), Take(pending).Select(m => (m.Observation.Value, m.Skipped)).Single());
    }

    [Fact]
    public void Heartbeats_keep_their_place_and_never_pile_up()
    {
        var pending = new PendingEvents();
        pending.Changed(A, new() { Value = 1 });
        pending.Add(new() { SnapshotEnd = new() });
        pending.Add(new() { Heartbeat = new() });
        pending.Add(new() { Heartbeat = new() });
        pending.Changed(B, new() { Value = 2 });

        Assert.Equal(
            [
                WatchHealthResponse.EventOneofCase.Observation, WatchHealthResponse.EventOneofCase.SnapshotEnd,
                WatchHealthResponse.EventOneofCase.Heartbeat, WatchHealthResponse.EventOneofCase.Observation,
            ],
            Take(pending).Select(m => m.EventCase));
        pending.Add(new() { Heartbeat = new() });
        Assert.Single(Take(pending));
    }

    private static List<WatchHealthResponse> Take(PendingEvents pending)
    {
        var taken = new List<WatchHealthResponse>();
        while (pending.TryTake(out var message))
            taken.Add(message);
        return taken;
    }
}
