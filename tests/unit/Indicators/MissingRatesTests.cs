using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>An amount in dollars where no rate is known: no figure, never a wrong one.</summary>
public sealed class MissingRatesTests
{
    private static readonly Month Now = new(2004, 12);
    private static readonly string YearOnYear = Dimensions.Lag(Feed.Output, 12, "CNY");
    private static readonly string YearOnYearDollars = Dimensions.Lag(Feed.Output, 12, "USD");

    [Fact]
    public void A_change_that_cannot_be_summed_has_no_share_held_by_suspect_reports()
    {
        var cells = new CellTable().With(new(Measure.MatchedNow, YearOnYear, Now), 200).With(new(Measure.MatchedThen, YearOnYear, Now), 100)
            .With(new(Measure.SuspectNow, YearOnYear, Now), 60).With(new(Measure.SuspectThen, YearOnYear, Now), 10);
        Assert.Equal(0.5, Share(cells));

        cells.Add(new(Measure.MatchedNow, YearOnYearDollars, Now), 100);

        Assert.Null(Share(cells));
        Assert.Equal(Unavailable.NoRate, new ChangeSuspectRatio().At(cells.View(), Now).First().Reason);
    }

    [Fact]
    public void The_share_held_by_suspect_reports_is_asked_for_by_the_sum()
    {
        var persons = Dimensions.Lag(Feed.Employment, 12, "");
        var cells = new CellTable().With(new(Measure.MatchedNow, persons, Now), 200).With(new(Measure.SuspectNow, persons, Now), 50);

        Assert.Equal(0.25, ChangeSuspectRatio.OfSum(cells.View(), "employment_persons", Now));
        Assert.Null(ChangeSuspectRatio.OfSum(cells.View(), "output_cny", Now));
        Assert.Null(ChangeSuspectRatio.OfSum(cells.View(), "fdi_utilised_usd", Now));
    }

    [Theory]
    [InlineData(Measure.Output, -1, "private|USD")]
    [InlineData(Measure.MatchedNow, 0, "output|1|USD")]
    [InlineData(Measure.MatchedThen, 0, "output|1|USD")]
    public void Without_a_rate_there_is_no_flash_estimate(Measure measure, int month, string dimension)
    {
        var cells = new CellTable().Active(Now - 1, 1).Reported(Feed.Output, Now - 1, Now - 1).With(new(Measure.Output, "private|CNY", Now - 1), 100)
            .With(new(Measure.MatchedNow, Dimensions.Lag(Feed.Output, 1, "CNY"), Now), 60)
            .With(new(Measure.MatchedThen, Dimensions.Lag(Feed.Output, 1, "CNY"), Now), 50);
        Assert.Equal(1.2, Flash(cells)!.Value!.Value, 12);

        cells.Add(new(measure, dimension, Now + month), 1);

        Assert.Null(Flash(cells));
    }

    private static double? Share(CellTable cells) => ChangeSuspectRatio.OfSum(cells.View(), "output_cny", Now);

    private static Figure? Flash(CellTable cells) => FlashEstimate.Of(cells.View(), new Output().Definition, Now);
}
