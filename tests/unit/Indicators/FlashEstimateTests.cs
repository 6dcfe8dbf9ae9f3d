using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>What is said of a month before enough of it has been reported.</summary>
public sealed class FlashEstimateTests(LoadedReference reference)
{
    private const string Kunshan = "regions/320583";
    private static readonly Month First = new(2004, 1);
    private static readonly Month Open = new(2004, 4);

    [Fact]
    public void The_open_month_is_estimated_from_those_that_reported_both_months()
    {
        var world = UpTo(Open - 1);
        world.Report("org-a", Feed.Output, Open, Yuan(110_00));
        world.Report("org-a", Feed.Employment, Open, Persons(12));

        var output = world.At(Kunshan, Open).Of("output_cny");
        var employment = world.At(Kunshan, Open).Of("employment_persons");

        Assert.Equal((FigureStatus.Flash, 440.0), (output.Status, output.Figure.Value!.Value), new StatusAndValue());
        Assert.Equal([400.0, 110.0, 100.0], output.Figure.Operands.Select(o => o.Value));
        Assert.Equal(0.25, output.Coverage, 12);
        Assert.Equal((FigureStatus.Flash, 48.0), (employment.Status, employment.Figure.Value!.Value), new StatusAndValue());
    }

    [Fact]
    public void An_estimate_is_never_a_gauge_and_never_history()
    {
        var world = UpTo(Open - 1);
        world.Report("org-a", Feed.Output, Open, Yuan(110_00));

        var gauges = world.Newest(Kunshan);

        Assert.DoesNotContain(gauges, f => f.Status == FigureStatus.Flash);
        Assert.Equal((Open - 1, 400), (gauges.Of("output_cny").Period, gauges.Of("output_cny").Figure.Value));
        Assert.DoesNotContain(world.Settled(Kunshan), f => f.Indicator == "output_cny" && f.Period == Open);
    }

    [Fact]
    public void Ratios_of_the_open_month_are_incomplete_and_so_is_a_sum_that_nothing_can_be_matched_for()
    {
        var world = UpTo(Open - 1);
        world.Register("org-new", "320583", Ownership.Private, Open);
        world.Report("org-new", Feed.Output, Open, Yuan(500_00));
        world.Report("org-new", Feed.Employment, Open, Persons(50));

        foreach (var indicator in new[] { "output_cny", "labour_productivity_cny", "industry_hhi" })
        {
            var figure = world.At(Kunshan, Open).Of(indicator);
            Assert.Equal((null, Unavailable.Incomplete), (figure.Figure.Value, figure.Figure.Reason));
            Assert.NotEqual(FigureStatus.Flash, figure.Status);
        }
    }

    [Fact]
    public void Once_enough_has_been_reported_the_sum_takes_its_place()
    {
        var world = UpTo(Open);

        Assert.Equal(FigureStatus.Provisional, world.Newest(Kunshan).Of("output_cny").Status);
        Assert.Equal((Open, 400), (world.Newest(Kunshan).Of("output_cny").Period, world.At(Kunshan, Open).Of("output_cny").Figure.Value));
        world.Close(Feed.Output, Open);
        Assert.Equal(FigureStatus.Final, world.Newest(Kunshan).Of("output_cny").Status);
    }

    private ReportingWorld UpTo(Month last)
    {
        var world = new ReportingWorld(reference);
        foreach (var (enterprise, size) in new[] { ("org-a", 1), ("org-b", 2), ("org-c", 1) })
        {
            world.Register(enterprise, "320583", Ownership.Private, First);
            for (var month = First; month <= last; month += 1)
            {
                world.Report(enterprise, Feed.Output, month, Yuan(size * 100_00));
                world.Report(enterprise, Feed.Employment, month, Persons(size * 10));
            }
        }
        return world;
    }

    /// <summary>Values to twelve digits: the estimate is a quotient.</summary>
    private sealed class StatusAndValue : IEqualityComparer<(FigureStatus Status, double Value)>
    {
        public bool Equals((FigureStatus Status, double Value) x, (FigureStatus Status, double Value) y) =>
            x.Status == y.Status && Math.Abs(x.Value - y.Value) <= 1e-12 * Math.Abs(x.Value);

        public int GetHashCode((FigureStatus Status, double Value) obj) => obj.Status.GetHashCode();
    }
}
