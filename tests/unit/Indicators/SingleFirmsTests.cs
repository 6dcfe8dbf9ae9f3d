using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Investors and anchors: who is large, from where on that is said, and who has gone.</summary>
public sealed class SingleFirmsTests(LoadedReference reference)
{
    private const string Kunshan = "320583";
    private const string Wujiang = "320509";
    private const string Dongguan = "4419";
    private const string Suzhou = "regions/3205";
    private static readonly Month January = new(2004, 1);
    private static readonly Month Year = January + 11;

    private readonly ReportingWorld _world = new(reference);

    [Theory]
    [InlineData(800, 200, 1.0)]
    [InlineData(799, 201, null)]
    [InlineData(800, -500, 1.0)]
    [InlineData(-800, 200, null)]
    public void Investors_are_judged_where_four_fifths_of_the_value_name_one(long named, long unnamed, double? expected)
    {
        Register("org-F", Kunshan, Ownership.Foreign);
        _world.Report("org-F", Feed.Fdi, January, Invested("Acer", named), Invested(null, unnamed));

        var figure = _world.Newest(Suzhou).Of("fdi_investor_hhi").Figure;

        Assert.Equal(expected, figure.Value);
        Assert.Equal(expected is null ? Unavailable.NotApplicable : Unavailable.None, figure.Reason);
        Assert.DoesNotContain(figure.Operands, o => o.Name.Contains("Acer", StringComparison.Ordinal));
    }

    [Fact]
    public void An_investor_is_one_over_all_its_sources_and_enterprises_and_counts_as_nothing_where_it_withdrew_more()
    {
        Register("org-F", Kunshan, Ownership.Foreign);
        Register("org-G", Wujiang, Ownership.Hmt);
        _world.Report("org-F", Feed.Fdi, January, Invested("Acer", 200), Invested("Benq", 500), Invested("Sold | out", -900));
        _world.Report("org-G", Feed.Fdi, January, Invested("Acer", 300, "HK"));

        var figure = _world.Newest("regions/CN").Of("fdi_investor_hhi").Figure;

        Assert.Equal(0.5, figure.Value!.Value, 12);
        Assert.Equal([1, 2, 0.5], figure.Operands.Select(o => o.Value));
    }

    [Fact]
    public void Year_to_date_sums_keep_their_investors()
    {
        Register("org-F", Kunshan, Ownership.Foreign);
        _world.Report("org-F", Feed.Fdi, January, Basis.YearToDate, Invested("Acer", 100), Invested("Benq", 100));
        _world.Report("org-F", Feed.Fdi, January + 1, Basis.YearToDate, Invested("Acer", 300), Invested("Benq", 100));

        Assert.Equal(200, _world.Cells(Suzhou)[new(Measure.FdiInvestor, "Acer|USD", January + 1)]);
        Assert.Equal(0, _world.Cells(Suzhou)[new(Measure.FdiInvestor, "Benq|USD", January + 1)]);
        Assert.Equal(0.625, _world.Newest(Suzhou).Of("fdi_investor_hhi").Figure.Value!.Value, 12);
    }

    [Fact]
    public void The_four_largest_are_four_whoever_is_as_large_as_the_fourth()
    {
        foreach (var (firm, output) in ((string, long)[])[("A", 300), ("B", 200), ("C", 100), ("D", 100), ("E", 100), ("Z", -50)])
        {
            Register($"org-{firm}", Kunshan, Ownership.Private);
            Output($"org-{firm}", January, output);
        }

        var figures = _world.Newest(Suzhou);

        Assert.Equal(300d / 800, figures.Of("anchor_share", "top=1").Figure.Value);
        Assert.Equal(700d / 800, figures.Of("anchor_share", "top=4").Figure.Value!.Value, 12);
    }

    [Fact]
    public void Anchors_are_those_of_a_locality_and_what_is_in_it()
    {
        Register("org-A", Kunshan, Ownership.Private);
        Output("org-A", January, 100);

        Assert.Equal(1, _world.Newest("regions/" + Kunshan).Of("anchor_share", "top=4").Figure.Value);
        Assert.Equal(1, _world.Newest(Suzhou).Of("anchor_share", "top=4").Figure.Value);
        foreach (var above in (string[])["regions/32", "regions/CN"])
        {
            Assert.Equal(Unavailable.NotApplicable, _world.Newest(above).Of("anchor_share", "top=1").Figure.Reason);
            Assert.DoesNotContain(_world.Cells(above).NonZero(), c => c.Key.Measure is Measure.EnterpriseOutput or Measure.BuyerSuppliers);
        }
    }

    [Fact]
    public void A_closed_anchor_leads_until_its_last_output_has_left_the_window()
    {
        Register("org-A", Kunshan, Ownership.Private);
        Register("org-B", Kunshan, Ownership.Private);
        Output("org-A", January, 900);
        for (var m = January; m <= Year + 1; m += 1)
            Output("org-B", m, 10);
        _world.Close("org-A", January + 1);

        Assert.Equal(900d / 1_020, Anchor(Year).Value!.Value, 12);
        Assert.Equal(1, Anchor(Year + 1).Value!.Value);

        Figure Anchor(Month month) => _world.At(Suzhou, month).Of("anchor_share", "top=1").Figure;
    }

    [Fact]
    public void An_anchor_that_moves_takes_with_it_what_it_makes_from_then_on()
    {
        Register("org-A", Dongguan, Ownership.Private);
        Register("org-D", Dongguan, Ownership.Private);
        Register("org-S", Kunshan, Ownership.Private);
        Register("org-A", Kunshan, Ownership.Private, January + 6);
        for (var m = January; m <= Year; m += 1)
        {
            foreach (var firm in (string[])["org-A", "org-D", "org-S"])
                Output(firm, m, firm == "org-A" ? 100 : 10);
            _world.Report("org-A", Feed.Linkage, m, ReportingWorld.Bought("org-S", 5), ReportingWorld.Bought("org-D", 5));
        }

        Assert.Equal(600d / 720, Share("regions/" + Dongguan), 12);
        Assert.Equal(600d / 720, Share(Suzhou), 12);
        // Whom it buys from counts where it is now.
        Assert.Equal([0, 1], new[] { "regions/" + Dongguan, Suzhou }.Select(p => _world.Cells(p).Of(Measure.BuyerSuppliers).GetValueOrDefault("org-A")?.UpTo(Year) ?? 0));
        Assert.Equal(1, _world.Cells("regions/" + Dongguan).Of(Measure.BuyerSuppliers)["org-A"].UpTo(January + 5));

        double Share(string place) => _world.At(place, Year).Of("anchor_share", "top=1").Figure.Value!.Value;
    }

    [Fact]
    public void Suppliers_of_the_anchor_are_those_of_the_place_and_of_the_largest_alone()
    {
        Register("org-A", Kunshan, Ownership.Private);
        Register("org-B", Wujiang, Ownership.Private);
        Register("org-C", Kunshan, Ownership.Private);
        Output("org-A", January, 900);
        Output("org-B", January, 100);
        Output("org-C", January, 100);
        _world.Report("org-A", Feed.Linkage, January, ReportingWorld.Bought("org-B", 1), ReportingWorld.Bought("org-C", 1));
        _world.Report("org-B", Feed.Linkage, January, ReportingWorld.Bought("org-C", 1));
        Register("org-F", Kunshan, Ownership.Foreign);
        _world.Report("org-F", Feed.Linkage, January);
        Output("org-F", January, 1);

        Assert.Equal(2, Suppliers(Suzhou));
        Assert.Equal(1, Suppliers("regions/" + Kunshan));
        Assert.Equal(0, Suppliers("regions/" + Wujiang));

        double? Suppliers(string place) => _world.At(place, January).Of("anchor_suppliers").Figure.Value;
    }

    [Fact]
    public void Labels_of_what_shows_single_firms_name_nobody()
    {
        var restricted = new IndicatorCatalogue().All.Select(i => i.Definition).Where(d => d.IsRestricted).ToList();

        Assert.Equal(["anchor_share", "anchor_suppliers", "fdi_investor_hhi"], restricted.Select(d => d.Id).Order(StringComparer.Ordinal));
        Assert.All(restricted, d => Assert.Empty(d.Labels.Except(["top"])));
    }

    private void Register(string enterprise, string region, Ownership ownership, Month? from = null) =>
        _world.Register(enterprise, region, ownership, from ?? January);

    private void Output(string enterprise, Month month, long yuan) => _world.Report(enterprise, Feed.Output, month, ReportingWorld.Yuan(yuan * 100));

    private static ReportLine Invested(string? investor, long usd, string source = "TW")
    {
        var line = ReportingWorld.Invested(source, usd);
        return line with { Fdi = line.Fdi! with { Investor = investor } };
    }
}
