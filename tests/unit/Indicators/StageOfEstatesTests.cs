using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.StageCells;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which stage an estate is in, at the borders and beside them. Rates are per mille.</summary>
public sealed class StageOfEstatesTests
{
    private const string Policy = "policy_district";
    private const string Function = "function_district";

    /// <summary>Persons of divisions by the concentration that they make.</summary>
    private static readonly Dictionary<double, int[]> Divisions = new()
    {
        [0.36] = [4, 4, 2],
        [0.38] = [5, 3, 2],
        [0.40] = [1, 1, 1, 1, 6],
        [0.42] = [4, 1, 5],
        [0.44] = [6, 2, 2],
        [0.50] = [5, 5],
    };

    [Theory]
    [InlineData(299, 0.50, Policy)]
    [InlineData(300, 0.50, Function)]
    [InlineData(500, 0.38, Policy)]
    [InlineData(300, 0.40, Function)]
    public void An_estate_is_a_function_district_from_both_borders_on(int linked, double hhi, string stage) =>
        Assert.Equal(stage, StageOf(Estate((linked, Divisions[hhi])), First));

    [Theory]
    [InlineData(100, 0.50, 320, 0.50, Policy)]
    [InlineData(100, 0.50, 321, 0.50, Function)]
    [InlineData(100, 0.50, 500, 0.42, Policy)]
    [InlineData(100, 0.50, 500, 0.44, Function)]
    [InlineData(500, 0.50, 281, 0.50, Function)]
    [InlineData(500, 0.50, 279, 0.50, Policy)]
    [InlineData(500, 0.50, 500, 0.38, Function)]
    [InlineData(500, 0.50, 500, 0.36, Policy)]
    public void It_changes_only_when_rate_and_concentration_are_beyond_the_margin(
        int linkedThen, double hhiThen, int linked, double hhi, string stage) =>
        Assert.Equal(stage, StageOf(Estate((linkedThen, Divisions[hhiThen]), (linked, Divisions[hhi])), First + 1));

    [Theory]
    [InlineData(Feed.Employment)]
    [InlineData(Feed.Linkage)]
    public void A_month_moves_nothing_unless_both_feeds_are_complete(Feed missing)
    {
        var cells = Estate((100, Divisions[0.5]), (500, Divisions[0.5]), (310, Divisions[0.5]))
            .With(new(Measure.Reported, missing.Word(), First + 1), -100);

        Assert.Equal(Policy, StageOf(cells, First + 2));
    }

    [Fact]
    public void Its_evidence_is_the_concentration_of_industries()
    {
        var figures = new Stage().At(Estate((100, Divisions[0.5]), (500, Divisions[0.5])).View(), First + 1).ToList();

        Assert.Equal([("stage=policy_district", 0d), ("stage=function_district", 1d)], figures.Select(f => (f.Labels, f.Value!.Value)));
        Assert.All(figures, f => Assert.Equal(
            [("local_linkage_ratio", 0.5, "ratio"), ("industry_hhi", 0.5, "index"), ("months_in_stage", 1, "count")],
            f.Operands.Select(o => (o.Name, o.Value, o.Unit))));
    }

    [Fact]
    public void Without_anybody_employed_there_is_no_denominator() => Assert.Equal(
        Enumerable.Repeat(((double?)null, Unavailable.NoDenominator), 2),
        new Stage().At(Estate((500, [])).View(), First).Select(f => (f.Value, f.Reason)));
}
