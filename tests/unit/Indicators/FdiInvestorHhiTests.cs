using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which investors count.</summary>
public sealed class FdiInvestorHhiTests
{
    private static readonly Month Now = new(2004, 12);

    private readonly CellTable _cells = new();

    [Fact]
    public void Investors_are_those_of_twelve_months_with_something_left()
    {
        Invest("Acer", Now - 11, 75);
        Invest("Benq", Now, 25);
        Invest("Earlier", Now - 12, 1_000);
        Invest("Gone", Now - 3, 40);
        Invest("Gone", Now, -40);

        var figure = Assert.Single(new FdiInvestorHhi().At(_cells.View(), Now));

        Assert.Equal(0.625, figure.Value);
        Assert.Equal([new("attributed_share", 1, "ratio"), new("investors", 2, "count"), new("largest_share", 0.75, "ratio")], figure.Operands);
    }

    [Fact]
    public void Where_what_came_has_left_again_there_is_no_denominator()
    {
        Invest("Gone", Now - 3, 40);
        Invest("Gone", Now, -40);

        Assert.Equal((null, Unavailable.NoDenominator), Assert.Single(new FdiInvestorHhi().At(_cells.View(), Now)).Said());
    }

    private void Invest(string investor, Month month, long usd) => _cells.Put(Measure.FdiInvestor, investor + "|USD", month, usd * 100);
}
