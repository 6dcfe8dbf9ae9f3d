using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>A late report makes other months suspect, or not suspect any more, as far as one is judged by it: cells follow.</summary>
public sealed class SuspectMonthsTests
{
    private const string Firm = "org-firm";
    private static readonly Month March = new(2004, 3);

    private readonly ReportingWorld _world;

    public SuspectMonthsTests(LoadedReference reference)
    {
        _world = new(reference);
        _world.Register(Firm, "320583", Ownership.Private, March - 36);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    public void A_month_up_to_three_later_is_judged_by_it(int later, long suspects)
    {
        Report(March + later, 1_000_000);

        Report(March, 1_000);

        Assert.Equal(suspects, Suspects(March + later));
    }

    [Fact]
    public void The_same_month_a_year_later_is_judged_by_it_and_the_change_that_begins_there()
    {
        Report(March + 11, 1_000_000);
        Report(March + 12, 10_000_000);
        Report(March + 24, 12_000_000);
        Assert.Equal((0, (0, 0), (0, 0)), (Suspects(March + 12), Change(March + 12), Change(March + 24)));

        Report(March, 1_000_000);

        Assert.Equal(1, Suspects(March + 12));
        Assert.Equal((10_000_000, 1_000_000), Change(March + 12));
        Assert.Equal((12_000_000, 10_000_000), Change(March + 24));
        Report(March, 9_000_000);
        Assert.Equal((0, (0, 0), (0, 0)), (Suspects(March + 12), Change(March + 12), Change(March + 24)));
    }

    [Fact]
    public void What_was_far_from_its_peers_when_it_was_committed_is_suspect()
    {
        Report(March, 1_000);
        var state = _world.State(Firm);
        var key = new ReportKey(Feed.Output, March);
        Assert.Null(SoftChecks.Open(state, Feed.Output, March));

        state = state.WithReport(key, state.Reports[key] with { Outlier = true });

        Assert.Equal(new Suspicion(SoftCheck.AmongPeers, 1_000, 0), SoftChecks.Open(state, Feed.Output, March));
    }

    [Theory]
    [InlineData(1, 5, true)]
    [InlineData(3, 5, true)]
    [InlineData(4, 5, false)]
    [InlineData(11, 5, false)]
    [InlineData(12, 5, true)]
    [InlineData(13, 5, false)]
    [InlineData(-12, 5, false)]
    [InlineData(1, 0, false)]
    [InlineData(12, 0, false)]
    public void A_month_near_before_or_a_year_ago_is_a_reference_where_there_was_something(int monthsBack, long fen, bool isOne)
    {
        Report(March - monthsBack, fen);

        Assert.Equal(isOne, SoftChecks.HasReference(_world.State(Firm), Feed.Output, March));
    }

    private void Report(Month period, long fen) => _world.Report(Firm, Feed.Output, period, Yuan(fen));

    private long Suspects(Month period) => _world.Cells("regions/320583")[new(Measure.Suspect, "output", period)];

    private (long Now, long Then) Change(Month period)
    {
        var cells = _world.Cells("regions/320583");
        return (cells[new(Measure.SuspectNow, "output|12|CNY", period)], cells[new(Measure.SuspectThen, "output|12|CNY", period)]);
    }
}
