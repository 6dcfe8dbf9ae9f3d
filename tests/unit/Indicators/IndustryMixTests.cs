using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>A place's mix of industries, by itself and beside the nation's.</summary>
public sealed class IndustryMixTests
{
    private static readonly Month Now = new(2004, 12);

    private readonly CellTable _cells = new();
    private readonly CellTable _nation = new();

    [Fact]
    public void Concentration_counts_the_industries_that_employ_somebody_now()
    {
        _cells.Employ("17", Now - 1, 900).Employ("39", Now, 100).Employ("30", Now, 100);

        var figure = Assert.Single(new IndustryHhi().At(_cells.View(), Now));

        Assert.Equal((0.5, 2, 200), (figure.Value, figure.Operand("divisions"), figure.Operand("employment")));
    }

    [Fact]
    public void Where_nobody_is_employed_concentration_has_no_denominator()
    {
        _cells.Employ("17", Now - 1, 900);

        Assert.Equal((null, Unavailable.NoDenominator), Assert.Single(new IndustryHhi().At(_cells.View(), Now)).Said());
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    public void Where_nobody_is_employed_here_or_in_the_nation_specialisation_has_no_denominator(long here, long there)
    {
        _cells.Employ("39", Now, here);
        _nation.Employ("39", Now, there);

        var figure = Assert.Single(new KrugmanSpecialisation().At(_cells.ViewIn(_nation), Now));

        Assert.Equal((null, Unavailable.NoDenominator), figure.Said());
        Assert.Equal([here, there], figure.Operands.Select(o => o.Value));
    }

    [Fact]
    public void Location_quotients_are_in_the_order_of_industries()
    {
        foreach (var division in (string[])["39", "17", "30"])
        {
            foreach (var cells in (CellTable[])[_cells, _nation])
                cells.Employ(division, Now, 10).Earn(Measure.Output, "private", Now, 10).Add(new(Measure.Output, division, "private|CNY", Now), 1_000);
        }

        Assert.Equal(
            [
                "industry=17,measure=employment", "industry=30,measure=employment", "industry=39,measure=employment",
                "industry=17,measure=output", "industry=30,measure=output", "industry=39,measure=output",
            ],
            new LocationQuotient().At(_cells.ViewIn(_nation), Now).Select(f => f.Labels));
    }

    /// <summary>Hundreds of series a place: they are not kept, but computed when somebody asks.</summary>
    [Fact]
    public void Details_are_what_is_given_for_every_industry() => Assert.Equal(
        ["cluster_stars", "location_quotient"],
        new IndicatorCatalogue().All.Where(i => i.Definition.IsDetail).Select(i => i.Definition.Id).Order(StringComparer.Ordinal));
}
