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

    [Fact]
    public void A_code_that_was_merged_lands_in_its_successor_with_a_warning()
    {
        var enterprise = Good();
        enterprise.Region = "320502";

        var row = _validator.Validate(enterprise, 0, [], Estates, out _)!;

        Assert.Equal("320508", row.Profile.Region);
        var warning = Assert.Single(row.Warnings);
        Assert.Equal(("region", "320502", Reasons.MergedRegion), (warning.Field, warning.Value, warning.Reason));
    }

    [Fact]
    public void A_region_that_was_divided_is_refused_with_those_of_today()
    {
        var enterprise = Good();
        enterprise.Region = "320586";

        _validator.Validate(enterprise, 0, [], Estates, out var violations);

        Assert.Equal((Reasons.DividedRegion, "320506 320507"), (violations.Single().Reason, violations.Single().Detail));
    }

    [Fact]
    public void Nobody_enters_an_estate_that_exists_no_more()
    {
        var enterprise = Good();
        enterprise.Estate = "gone";
        Assert.Empty(Wrong(enterprise));
        enterprise.ValidFrom = "2004-06";
        Assert.Equal([("estate", Reasons.EstateClosed)], Wrong(enterprise));
    }

    [Theory]
    [InlineData("org-AAAAAAAA1", true, true, "a merger")]
    [InlineData("org-AAAAAAAA1", false, false, "nobody takes over who is not closed")]
    [InlineData("uscc-" + Sample.Code, true, false, "nobody takes itself over")]
    public void Only_one_that_closes_has_a_successor(string successor, bool closed, bool good, string why)
    {
        var enterprise = Good();
        (enterprise.Successor, enterprise.Closed) = (successor, closed);

        Assert.True(good == (Wrong(enterprise).Count == 0), why);
    }

    private static ImmutableDictionary<string, Facts.Estate> Estates { get; } = new Facts.Estate[]
    {
        new() { Id = "sip", Region = "3205", ValidFrom = new(2003, 1) },
        new() { Id = "gone", Region = "3205", ValidFrom = new(2003, 1), ClosedFrom = new(2004, 6) },
    }.ToImmutableDictionary(e => e.Id);

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
