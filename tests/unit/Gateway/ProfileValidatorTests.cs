using System.Collections.Immutable;
using ClusterPulse.Gateway.Registry;
using ClusterPulse.Ingest;
using ClusterPulse.UnitTests.Reference;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Rules for one profile.</summary>
public sealed class ProfileValidatorTests(LoadedReference reference)
{
    private readonly ProfileValidator _validator = new(reference.Data);

    [Fact]
    public void A_good_profile_becomes_a_row()
    {
        var row = _validator.Validate(Good(), 3, [], Estates, out var violations)!;

        Assert.Empty(violations);
        Assert.Equal((3, $"uscc-{Sample.Code}", "320583", "sip", "391"), (row.Row, row.Enterprise, row.Profile.Region, row.Profile.Estate, row.Profile.Industry));
        Assert.Equal((Facts.Ownership.Hmt, "TW"), (row.Profile.Ownership, row.Profile.InvestorEconomy));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var bad = new Enterprise { Name = "x", ValidFrom = "1980-01", Region = "999999", Estate = "nowhere", Industry = "C", InvestorEconomy = "XX" };

        Assert.Equal(
            [
                ("name", Reasons.MalformedName), ("valid_from", Reasons.PeriodTooEarly), ("region", Reasons.UnknownRegion),
                ("estate", Reasons.UnknownEstate), ("industry", Reasons.UnknownIndustry), ("ownership", Reasons.UnknownOwnership),
                ("investor_economy", Reasons.UnknownEconomy),
            ],
            Wrong(bad));
    }

    [Theory]
    [InlineData("CN")]
    [InlineData("32")]
    public void A_region_without_a_locality_says_too_little(string region)
    {
        var enterprise = Good();
        enterprise.Region = region;
        Assert.Equal([("region", Reasons.UnknownRegion)], Wrong(enterprise));
    }

    [Theory]
    [InlineData("IT013075", "piva-12345670017", "NACE132", Ownership.Foreign)]
    [InlineData("IT013075", "piva-12345670017", "NACE132", Ownership.Hmt, "ownership")]
    [InlineData("IT013075", "piva-12345670017", "391", Ownership.Private, "industry")]
    [InlineData("IT013075", "org-12345678X", "NACE132", Ownership.Private, "name")]
    [InlineData("320583", "piva-12345670017", "NACE13", Ownership.Hmt, "name", "industry")]
    [InlineData("320583", "lei-5493001KJTIIGC8Y1R12", "391", Ownership.Hmt)]
    public void Each_country_has_its_own_identities_industries_and_kinds_of_ownership(
        string region, string name, string industry, Ownership ownership, params string[] wrong)
    {
        var enterprise = new Enterprise { Name = name, ValidFrom = "2003-01", Region = region, Industry = industry, Ownership = ownership };

        Assert.Equal(wrong.Select(field => (field, Reasons.NotOfCountry)), Wrong(enterprise));
    }

    [Fact]
    public void A_mask_needs_only_what_it_names()
    {
        var closing = new Enterprise { Name = $"uscc-{Sample.Code}", ValidFrom = "2004-05", Closed = true };

        Assert.Empty(Wrong(closing, "closed"));
        Assert.Equal([("region", Reasons.UnknownRegion)], Wrong(closing, "closed", "region"));
    }

    private static ImmutableHashSet<string> Estates { get; } = ["sip"];

    private static Enterprise Good() => new()
    {
        Name = $"enterprises/uscc-{Sample.Code}",
        ValidFrom = "2003-01",
        Region = "regions/320583",
        Estate = "estates/sip",
        Industry = "391",
        Ownership = Ownership.Hmt,
        InvestorEconomy = "TW",
    };

    private List<(string, string)> Wrong(Enterprise enterprise, params string[] fields)
    {
        _validator.Validate(enterprise, 0, [.. fields], Estates, out var violations);
        return [.. violations.Select(v => (v.Field, v.Reason))];
    }
}
