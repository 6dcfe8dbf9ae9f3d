using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Where a year's change of employment comes from.</summary>
public sealed class ShiftShareTests
{
    private static readonly Month Now = new(2004, 12);
    private static readonly Month Then = Now - 12;
    private static readonly string[] Effects = ["effect=national", "effect=mix", "effect=competitive"];

    private readonly CellTable _cells = new();
    private readonly CellTable _nation = new();

    /// <summary>The nation grows by half, all of it in an industry that it had none of; 50 of the 500 who are new in it are here.</summary>
    [Fact]
    public void Of_an_industry_that_is_new_to_the_nation_all_is_the_places_own()
    {
        Report(_cells, _nation);
        _cells.Employ("17", Then, 100).Employ("17", Now, 100).Employ("39", Now, 50);
        _nation.Employ("17", Then, 1_000).Employ("17", Now, 1_000).Employ("39", Now, 500);

        var figures = Figures();

        Assert.Equal(Effects.Zip([50.0, -50.0, 50.0]), figures.Select(f => (f.Labels, f.Value!.Value)));
        Assert.All(figures, f => Assert.Equal(
            [new("employment_then", 100, "persons"), new("employment_now", 150, "persons"), new("growth_of_nation", 0.5, "ratio")], f.Operands));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_month_of_a_year_ago_must_be_complete_here_and_in_the_nation(bool here, bool there)
    {
        Report([.. here ? [_cells] : Array.Empty<CellTable>(), .. there ? [_nation] : Array.Empty<CellTable>()]);
        foreach (var cells in (CellTable[])[_cells, _nation])
            cells.Employ("17", Then, 100).Employ("17", Now, 100);

        Assert.Equal(Effects, Figures().Select(f => f.Labels));
        Assert.All(Figures(), f => Assert.Equal((null, Unavailable.Incomplete), f.Said()));
    }

    [Fact]
    public void A_nation_that_employed_nobody_has_no_growth()
    {
        Report(_cells, _nation);
        _cells.Employ("17", Now, 100);
        _nation.Employ("17", Now, 100);

        Assert.Equal(Effects, Figures().Select(f => f.Labels));
        Assert.All(Figures(), f => Assert.Equal((null, Unavailable.NoDenominator), f.Said()));
    }

    private List<Figure> Figures() => [.. new ShiftShare().At(_cells.ViewIn(_nation), Now)];

    private static void Report(params CellTable[] places)
    {
        foreach (var cells in places)
            cells.Report(Feed.Employment, Then, Then);
    }
}
