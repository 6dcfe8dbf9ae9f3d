using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which months the swing of growth is taken over.</summary>
public sealed class GrowthVolatilityTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void It_is_of_three_years_and_of_nothing_before()
    {
        // Half of the months 10 percent, half 30; doubled before that.
        var cells = Growing(40, back => back >= 36 ? 100 : back % 2 == 0 ? 10 : 30);

        var figure = Assert.Single(new GrowthVolatility().At(cells.View(), Now));

        Assert.Equal([("periods", 36d, "count")], figure.Operands.Take(1).Select(o => (o.Name, o.Value, o.Unit)));
        Assert.Equal(0.2, figure.Operands.Single(o => o.Name == "mean_growth").Value, 12);
        Assert.Equal(Math.Sqrt(36 * 0.01 / 35), figure.Value!.Value, 12);
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public void It_takes_a_years_rates(int months, bool isGiven)
    {
        var figure = Assert.Single(new GrowthVolatility().At(Growing(months, back => back).View(), Now));

        Assert.Equal((isGiven, isGiven ? Unavailable.None : Unavailable.NotApplicable), (figure.Value is not null, figure.Reason));
        Assert.Equal(months, figure.Operands[0].Value);
    }

    [Fact]
    public void Employment_grows_in_persons_without_decimal_places()
    {
        var cells = new CellTable().With(new(Measure.MatchedNow, Dimensions.Lag(Feed.Employment, 12, ""), Now), 150)
            .With(new(Measure.MatchedThen, Dimensions.Lag(Feed.Employment, 12, ""), Now), 100);

        var figure = new Growth().At(cells.View(), Now).Single(f => f.Labels == "basis=comparable,measure=employment,span=12");

        Assert.Equal([("now", 150d, "persons"), ("then", 100d, "persons")], figure.Operands.Select(o => (o.Name, o.Value, o.Unit)));
    }

    /// <summary>Growth in percent by how many months ago.</summary>
    private static CellTable Growing(int months, Func<int, int> percent)
    {
        var cells = new CellTable().Active(Now - (months - 1), 1).Reported(Feed.Output, Now - (months - 1), Now);
        for (var back = 0; back < months; back++)
        {
            cells.Add(new(Measure.MatchedThen, Dimensions.Lag(Feed.Output, 12, "CNY"), Now - back), 100_00);
            cells.Add(new(Measure.MatchedNow, Dimensions.Lag(Feed.Output, 12, "CNY"), Now - back), (100 + percent(back)) * 100);
        }
        return cells;
    }
}
