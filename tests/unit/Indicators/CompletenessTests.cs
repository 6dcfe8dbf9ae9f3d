using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which months of a feed count as complete.</summary>
public sealed class CompletenessTests
{
    private static readonly Month March = new(2004, 3);

    [Theory]
    [InlineData(94, false)]
    [InlineData(95, true)]
    public void A_month_is_complete_from_95_of_100_on(int reported, bool isComplete)
    {
        var output = Of(new CellTable().Active(March, 100).Reported(Feed.Output, March, March, reported));

        Assert.Equal(isComplete, output.IsComplete(March));
        Assert.Equal(isComplete ? March : null, output.NewestComplete);
    }

    [Fact]
    public void Months_at_either_end_whose_reports_were_withdrawn_say_nothing()
    {
        var cells = new CellTable().Active(March - 9, 100).Reported(Feed.Output, March - 2, March + 2, 100);
        foreach (var withdrawn in (int[])[-2, -1, 1, 2])
            cells.Reported(Feed.Output, March + withdrawn, March + withdrawn, -100);

        Assert.Equal([March], Of(cells).Months.Keys);
        Assert.Empty(Of(cells.Reported(Feed.Output, March, March, -100)).Months);
    }

    [Fact]
    public void A_month_between_others_that_nobody_reported_is_empty_and_one_in_which_nobody_had_to_is_none()
    {
        var cells = new CellTable().Active(March, 100).Active(March + 2, -100).Active(March + 3, 100)
            .Reported(Feed.Output, March, March, 100).Reported(Feed.Output, March + 3, March + 3, 100);
        var output = Of(cells);

        Assert.Equal([March, March + 1, March + 3], output.Months.Keys);
        Assert.Equal(new(100, 0, 0, 0, false), output.Months[March + 1]);
        Assert.False(output.IsComplete(March + 2));
    }

    [Theory]
    [InlineData(3, 0.5)]
    [InlineData(4, 0.96)]
    public void A_complete_month_weighs_those_up_to_three_months_after(int after, double coverage)
    {
        var cells = new CellTable().Active(March, 100).Reported(Feed.Output, March, March, 100)
            .Reported(Feed.Output, March + after, March + after, 96)
            .With(new(Measure.PriorExpected, Dimensions.Lag(Feed.Output, after, "CNY"), March + after), 1_000)
            .With(new(Measure.PriorReported, Dimensions.Lag(Feed.Output, after, "CNY"), March + after), 500);

        Assert.Equal(coverage, Of(cells).At(March + after).ByValue);
        Assert.Equal(0.96, Of(cells).At(March + after).ByCount);
    }

    [Fact]
    public void Employment_is_weighed_by_persons()
    {
        var cells = new CellTable().Active(March, 100).Reported(Feed.Employment, March, March, 100)
            .Reported(Feed.Employment, March + 1, March + 1, 50)
            .With(new(Measure.PriorExpected, Dimensions.Lag(Feed.Employment, 1, ""), March + 1), 1_000)
            .With(new(Measure.PriorReported, Dimensions.Lag(Feed.Employment, 1, ""), March + 1), 980);

        Assert.Equal(new(100, 50, 0.5, 0.98, true), cells.View().Completeness(Feed.Employment).At(March + 1));
    }

    [Fact]
    public void Outside_the_months_with_reports_nothing_is_complete()
    {
        var output = Of(new CellTable().Active(March, 100).Reported(Feed.Output, March, March, 100));

        Assert.Equal(new(100, 0, 0, 0, false), output.At(March + 1));
        Assert.Equal(new(0, 0, 0, 0, false), output.At(March - 1));
    }

    private static Completeness Of(CellTable cells) => cells.View().Completeness(Feed.Output);
}
