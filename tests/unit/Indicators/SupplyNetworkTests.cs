using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Where there is no network there are no figures of it.</summary>
public sealed class SupplyNetworkTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void An_estate_has_no_network_and_a_region_may_have_an_empty_one()
    {
        foreach (var indicator in (IIndicator[])[new NetworkMeanSuppliers(), new NetworkReciprocity()])
        {
            Assert.Equal((null, Unavailable.NotApplicable), Assert.Single(indicator.At(new CellTable(isEstate: true).View(), Now)).Said());
            Assert.Equal((null, Unavailable.NoDenominator), Assert.Single(indicator.At(new CellTable().View(), Now)).Said());
        }
    }

    /// <summary>As above the locality.</summary>
    [Theory]
    [InlineData(0, null, Unavailable.NotApplicable)]
    [InlineData(1, null, Unavailable.NotApplicable)]
    [InlineData(2, 1.0, Unavailable.None)]
    public void Reciprocity_is_not_told_where_not_all_links_are_known_as_pairs(int known, double? value, Unavailable reason)
    {
        var cells = new CellTable().Put(Measure.NetworkLink, "", Now, 2).Put(Measure.NetworkPair, "org-1~org-2", Now, known);

        Assert.Equal((value, reason), Assert.Single(new NetworkReciprocity().At(cells.View(), Now)).Said());
    }
}
