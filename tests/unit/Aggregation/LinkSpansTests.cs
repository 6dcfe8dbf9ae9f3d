using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Which months purchases keep links alive, of local suppliers and of the network.</summary>
public sealed class LinkSpansTests
{
    private const string Supplier = "org-supplier";
    private static readonly Month January = new(2003, 1);
    private static readonly TwoLocalities Geography = new();

    private EnterpriseState _buyer = EnterpriseState.Unknown("org-buyer").WithProfile(Profile(January - 12));

    [Fact]
    public void A_link_that_was_made_anew_has_survived_from_then_on()
    {
        Buy(January, "0101");
        Buy(January + 14, "0101");

        var survived = Assert.Single(LinkSpans.Survived(LinkSpans.Of(_buyer, Geography)));

        Assert.Equal((Supplier, January + 14, January + 23), (survived.Supplier, survived.From, survived.To));
    }

    [Fact]
    public void Wherever_its_supplier_moves_the_buyer_is_linked_all_the_time()
    {
        Buy(January, "0101");
        Buy(January + 5, "0102");

        Assert.Equal(
            [(null, null, January, January + 16), (Supplier, "0101", January, January + 4), (Supplier, "0102", January + 5, January + 16)],
            LinkSpans.Of(_buyer, Geography).Select(s => (s.Supplier, s.SupplierRegion, s.From, s.To)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void A_profile_that_begins_where_a_span_of_the_network_begins_or_ends_has_no_empty_span(int months)
    {
        _buyer = _buyer.WithProfile(Profile(January + months));
        Buy(January, "0102");

        Assert.Equal(
            [(Supplier, "regions/01", January, January + 11), (null, "regions/01", January, January + 11)],
            NetworkSpans.Of(_buyer, Geography).Select(s => (s.Supplier, s.Place, s.From, s.To)));
    }

    private static Profile Profile(Month from) => new() { ValidFrom = from, Region = "0101", Industry = "3911", Ownership = Ownership.Foreign };

    private void Buy(Month period, string region)
    {
        var supplier = new SupplierDetail
        {
            Kind = SupplierKind.Enterprise,
            Id = Supplier,
            Judgement = new() { ProfileVersion = 1, Region = region, Locality = Geography.Locality(region), Domestic = true },
        };
        var content = new ReportContent { Basis = Basis.Month, Lines = [new() { Currency = "CNY", Amount = 1, Supplier = supplier }] };
        var report = new StoredReport { Revision = 1, Content = content, Origin = new("3205", "s", 1), ContentHash = ContentHash.Of(content) };
        _buyer = _buyer.WithReport(new(Feed.Linkage, period), report);
    }
}
