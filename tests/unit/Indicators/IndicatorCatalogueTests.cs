using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>What the catalogue says of its indicators.</summary>
public sealed class IndicatorCatalogueTests
{
    // Made anew for each test: what a definition says is then what it says now, also where a process runs many versions of it.
    private readonly IndicatorCatalogue _catalogue = new();

    [Fact]
    public void These_are_given_for_clusters_and_say_so_in_their_labels()
    {
        Assert.Equal(
            [
                "local_linkage_ratio", "local_sourcing_ratio", "embeddedness_index", "foreign_share", "output_cny", "export_cny",
                "employment_persons", "enterprises", "export_intensity", "cluster_type", "stage", "stage_change",
            ],
            _catalogue.OfClusters.Select(i => i.Definition.Id));
        Assert.All(_catalogue.OfClusters, i => Assert.Contains("industry", i.Definition.Labels));
    }

    [Fact]
    public void Bounds_leave_room_between_them() => Assert.All(
        _catalogue.All.Select(i => i.Definition).Where(d => d is { Min: not null, Max: not null }),
        d => Assert.True(d.Min < d.Max, d.Id));

    [Fact]
    public void What_stands_beside_an_indicator_comes_right_after_it()
    {
        Assert.Equal(_catalogue.All, _catalogue.Computed.Where(i => _catalogue.All.Contains(i)));
        var shares = _catalogue.Computed.Where(i => i.Definition.Id == "fdi_share_change").ToList();
        Assert.Equal([Peer.Parent, Peer.Rivals], shares.Select(i => i.Definition.ComparedWith));
    }

    [Theory]
    [InlineData("output_cny", "industry=39", true)]
    [InlineData("output_cny", "", false)]
    [InlineData("location_quotient", "industry=39,measure=employment", false)]
    [InlineData("nothing", "industry=39", false)]
    public void A_figure_is_of_a_cluster_where_its_indicator_is_given_for_clusters(string indicator, string labels, bool isOfCluster) =>
        Assert.Equal(isOfCluster, _catalogue.IsOfCluster(indicator, labels));

    [Fact]
    public void A_detail_that_does_not_say_what_of_it_is_watched_is_not_watched_at_all()
    {
        var view = new ClusterPulse.Aggregation.CellTable().View();

        Assert.Empty(((IIndicator)new ProbeIndicator(Feed.Output) { IsDetail = true }).Watched(view, new(2004, 3)));
        Assert.Single(((IIndicator)new ProbeIndicator(Feed.Output)).Watched(view, new(2004, 3)));
    }
}
