using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which of its parts is named as the reason where the index is not available.</summary>
public sealed class EmbeddednessIndexTests
{
    private static readonly Month Now = new(2004, 12);

    /// <summary>Sources first, then the linkage rate, then sourcing.</summary>
    [Theory]
    [InlineData("EUR", 0, "CNY", Unavailable.NoRate)]
    [InlineData("USD", 0, "EUR", Unavailable.NoDenominator)]
    [InlineData("USD", 10, "EUR", Unavailable.NoRate)]
    [InlineData("", 10, "EUR", Unavailable.NoDenominator)]
    [InlineData("USD", 10, "", Unavailable.NoDenominator)]
    public void The_reason_is_that_of_the_first_part_that_is_missing(string invested, int foreignFunded, string bought, Unavailable reason)
    {
        var cells = new CellTable().Put(Measure.Active, "foreign", Now, foreignFunded).Put(Measure.Linked, "", Now, 5);
        if (invested.Length > 0)
            cells.Put(Measure.Fdi, "TW|" + invested, Now, 100);
        if (bought.Length > 0)
            cells.Put(Measure.Purchases, "local|" + bought, Now, 100);

        Assert.Equal((null, reason), Assert.Single(new EmbeddednessIndex().At(cells.View(), Now)).Said());
    }
}
