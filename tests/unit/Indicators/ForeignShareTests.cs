using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Foreign-funded enterprises that are not hi-tech, beside private ones that are.</summary>
public sealed class ForeignShareTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void Each_measure_is_given_of_all_and_of_hi_tech_enterprises()
    {
        var cells = new CellTable()
            .Put(Measure.Active, "foreign", Now, 1).Put(Measure.Active, "private+", Now, 1)
            .Put(Measure.Employment, "hmt", Now, 25).Put(Measure.Employment, "private+", Now, 75)
            .Earn(Measure.Output, "foreign", Now, 80).Earn(Measure.Output, "private+", Now, 20)
            .Earn(Measure.Export, "foreign", Now - 11, 75).Earn(Measure.Export, "private+", Now, 25).Earn(Measure.Export, "private+", Now - 12, 900);

        Assert.Equal(
            [
                ("attribute=all,measure=enterprises", 0.5), ("attribute=all,measure=output", 0.8),
                ("attribute=all,measure=employment", 0.25), ("attribute=all,measure=exports", 0.75),
                ("attribute=hi_tech,measure=enterprises", 0), ("attribute=hi_tech,measure=output", 0),
                ("attribute=hi_tech,measure=employment", 0), ("attribute=hi_tech,measure=exports", 0),
            ],
            new ForeignShare().At(cells.View(), Now).Select(f => (f.Labels, f.Value)));
    }

    [Fact]
    public void Where_there_is_nobody_there_is_no_denominator() =>
        Assert.All(new ForeignShare().At(new CellTable().View(), Now), f => Assert.Equal((null, Unavailable.NoDenominator), f.Said()));
}
