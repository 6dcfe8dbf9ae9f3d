using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Who is the largest, and why there is nobody.</summary>
public sealed class AnchorsTests
{
    private static readonly Month Now = new(2004, 12);

    private readonly CellTable _cells = new();

    /// <summary>In the order in which they became known.</summary>
    [Theory]
    [InlineData("B=900 A=100", "B")]
    [InlineData("A=100 B=900", "B")]
    [InlineData("A=900 B=100", "A")]
    [InlineData("B=100 A=900", "A")]
    [InlineData("A=500 B=500", "A")]
    [InlineData("B=500 A=500", "A")]
    [InlineData("C=500 B=900 A=500", "B")]
    public void The_largest_is_the_first_of_the_list_and_of_equals_the_first_by_id(string outputs, string largest)
    {
        foreach (var output in outputs.Split(' '))
            _cells.Earn(Measure.EnterpriseOutput, output[..1], Now, long.Parse(output[2..], null));

        var anchors = Anchors.Of(_cells.View(), Now, out var reason)!;

        Assert.Equal((largest, largest), (anchors.Largest, anchors.Enterprises[0].Enterprise));
        Assert.Equal(Unavailable.None, reason);
    }

    [Fact]
    public void Who_made_nothing_in_sum_is_not_among_them()
    {
        _cells.Earn(Measure.EnterpriseOutput, "org-A", Now, 750).Earn(Measure.EnterpriseOutput, "org-B", Now, 250)
            .Earn(Measure.EnterpriseOutput, "org-C", Now - 1, 100).Earn(Measure.EnterpriseOutput, "org-C", Now, -100);

        var figure = new AnchorShare().At(_cells.View(), Now).First();

        Assert.Equal(0.75, figure.Value);
        Assert.Equal([new("output_of_top_cny", 750, "CNY"), new("output_cny", 1_000, "CNY"), new("enterprises", 2, "count")], figure.Operands);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    public void Where_nobody_made_anything_there_is_no_denominator(long output)
    {
        _cells.Earn(Measure.EnterpriseOutput, "org-A", Now - 1, 100).Earn(Measure.EnterpriseOutput, "org-A", Now, output - 100);

        Assert.Null(Anchors.Of(_cells.View(), Now, out var reason));
        Assert.Equal(Unavailable.NoDenominator, reason);
        Assert.All(new AnchorShare().At(_cells.View(), Now), f => Assert.Equal((null, Unavailable.NoDenominator), f.Said()));
    }

    [Theory]
    [InlineData(0, Unavailable.NotApplicable)]
    [InlineData(11, Unavailable.NotApplicable)]
    [InlineData(12, Unavailable.NoDenominator)]
    public void Output_that_is_not_kept_by_enterprise_is_told_as_long_as_it_is_in_the_window(int monthsAgo, Unavailable expected)
    {
        _cells.Earn(Measure.Output, "private", Now - monthsAgo, 100);

        Assert.Null(Anchors.Of(_cells.View(), Now, out var reason));
        Assert.Equal(expected, reason);
    }
}
