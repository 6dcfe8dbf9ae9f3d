using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>All formulas over one place, and whom the place is compared with.</summary>
public sealed class IndicatorFormulasTests(LoadedReference reference)
{
    private readonly IndicatorFormulas _formulas = new(new(), reference.Data);

    [Fact]
    public void Figures_of_the_place_come_first_then_what_compares_it_then_its_clusters()
    {
        var view = PlaceFiguresTests.OneCluster().View("3201");

        var all = _formulas.Newest(view).Said();

        var own = _formulas.NewestOwn(view).Said();
        Assert.Equal(own, all.Take(own.Count));
        Assert.DoesNotContain(own, f => _formulas.Compared.Contains(f.Indicator) || IsOfTheCluster(f.Labels));
        var compared = all.Skip(own.Count).TakeWhile(f => _formulas.Compared.Contains(f.Indicator)).ToList();
        Assert.Contains("krugman_specialisation", compared.Select(f => f.Indicator));
        var ofClusters = all.Skip(own.Count + compared.Count).ToList();
        Assert.Contains(("employment_persons", "industry=39", 5_000d), ofClusters.Select(f => (f.Indicator, f.Labels, f.Value ?? 0)));
        Assert.All(ofClusters, f => Assert.True(IsOfTheCluster(f.Labels)));
    }

    [Fact]
    public void What_needs_to_know_others_is_what_compares_and_what_is_of_clusters_without_the_details_that_nobody_watches()
    {
        var view = PlaceFiguresTests.OneCluster().View("3202");

        var around = _formulas.NewestAround(view).Said();
        var details = _formulas.NewestDetails(view).Said();

        Assert.Contains("krugman_specialisation", around.Select(f => f.Indicator));
        Assert.All(around, f => Assert.True(_formulas.Compared.Contains(f.Indicator) || f.Labels.Contains("industry=17", StringComparison.Ordinal)));
        Assert.Contains("employment_persons", around.Select(f => f.Indicator));
        Assert.Equal(["cluster_stars", "location_quotient"], details.Select(f => f.Indicator).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("regions/320583", "regions/3205", "regions/CN", "regions/3205")]
    [InlineData("regions/32", "regions/CN", "regions/CN", "regions/CN")]
    [InlineData("estates/sip", "regions/320583", "regions/CN", null)]
    [InlineData("regions/CN", null, null, null)]
    [InlineData("regions/320583", "regions/nowhere", null, null)]
    public void A_place_is_compared_with_its_nation_and_a_region_with_the_one_above(string place, string? above, string? nation, string? parent)
    {
        Assert.Equal((nation, parent), _formulas.Peers(place, above));

        var asked = new List<(string, Peer)>();
        var around = _formulas.Around(place, above, RivalSet.ByRegion([]), (other, peer) =>
        {
            asked.Add((other, peer));
            return new CellTable().View();
        });
        (string?, Peer)[] expected = [(nation, Peer.Nation), (parent, Peer.Parent)];
        Assert.Equal(expected.Where(e => e.Item1 is not null), asked.Select(a => ((string?)a.Item1, a.Item2)));
        Assert.Equal((nation is null, parent is null), (around.Nation is null, around.Parent is null));
    }

    [Fact]
    public void Rivals_are_those_of_the_region_and_never_of_an_estate_that_is_called_like_it()
    {
        var set = new RivalSet { Id = "it", Regions = ["3205", "4419"] };
        var asked = new List<string>();

        var around = _formulas.Around("regions/3205", "regions/32", RivalSet.ByRegion([set]), (other, peer) =>
        {
            if (peer == Peer.Rivals)
                asked.Add(other);
            return new CellTable().View();
        });

        Assert.Equal(["regions/3205", "regions/4419"], asked);
        Assert.Equal(set, around.Rivals!.Set);
        Assert.Null(IndicatorFormulas.RivalsOf("estates/3205", RivalSet.ByRegion([set])));
        Assert.Null(IndicatorFormulas.RivalsOf("regions/3201", RivalSet.ByRegion([set])));
    }

    [Theory]
    [InlineData("regions/3205", "prefecture", "32,CN")]
    [InlineData("regions/CN", "nation", "")]
    public void A_regions_part_in_the_standings_says_what_it_lies_in(string place, string level, string above)
    {
        var standing = _formulas.Standing(place, new())!;

        Assert.Equal((level, above), (standing.Level, string.Join(',', standing.Above)));
        Assert.Null(_formulas.Standing("estates/" + standing.Code, new()));
    }

    private static bool IsOfTheCluster(string labels) => labels.Split(',').Contains("industry=39");
}
