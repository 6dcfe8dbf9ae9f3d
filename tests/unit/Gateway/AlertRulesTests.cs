using ClusterPulse.Gateway.Alerts;
using ClusterPulse.Policies;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>The value alerts, just before their limit and at it, and their silence while a feed is overdue.</summary>
public sealed class AlertRulesTests
{
    private const string Place = "regions/3205";

    /// <summary>Alert, its figure, the last value that is fine, the first that is not, the feed it rests on.</summary>
    public static TheoryData<string, string, double, double, string> Limits { get; } = new()
    {
        { "LocalLinkageFalling", "local_linkage_change span=3", -0.0199, -0.02, "linkage" },
        { "LocalLinkageFalling", "local_linkage_change span=12", -0.0499, -0.05, "linkage" },
        { "LocalLinkageLow", "local_linkage_ratio", 0.10, 0.0999, "linkage" },
        { "LocalSourcingLow", "local_sourcing_ratio", 0.10, 0.0999, "linkage" },
        { "EmbeddednessLow", "embeddedness_index", 0.15, 0.1499, "linkage" },
        { "EmbeddednessLow", "embeddedness_index", 0.15, 0.1499, "fdi" },
        { "LinksDying", "link_survival_ratio", 0.7, 0.6999, "linkage" },
        { "StageFellBack", "stage_change", 0, -1, "linkage" },
        { "StageFellBack", "stage_change", 0, -1, "employment" },
        { "FdiTopSourceDominant", "fdi_top_source_share basis=immediate,source=TW", 0.5, 0.5001, "fdi" },
        { "OutputFalling", "growth_ratio basis=comparable,measure=output,span=12", -0.0499, -0.05, "output" },
        { "ExportsFalling", "growth_ratio basis=comparable,measure=export,span=12", -0.0999, -0.10, "export" },
        { "EmploymentFalling", "growth_ratio basis=comparable,measure=employment,span=12", -0.0499, -0.05, "employment" },
        { "GrowthVolatile", "growth_volatility", 0.15, 0.1501, "output" },
        { "PrivateSectorLagging", "private_growth_gap", -0.10, -0.1001, "output" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void An_alert_is_raised_at_its_limit_and_not_before(string alert, string figure, double fine, double bad, string feed)
    {
        Assert.Empty(Raised(Figure(figure, fine)));
        Assert.Equal([alert], Raised(Figure(figure, bad)));
        Assert.Equal(["FeedOverdue"], Raised(Figure(figure, bad), Figure("feed_overdue feed=" + feed, 1)));
    }

    [Theory]
    [InlineData("local_linkage_ratio")]
    [InlineData("local_sourcing_ratio")]
    [InlineData("embeddedness_index")]
    [InlineData("link_survival_ratio")]
    [InlineData("stage_change")]
    public void Nine_foreign_funded_enterprises_are_too_few_to_judge_their_links(string figure) =>
        Assert.Empty(Evaluate([Health(Place, "prefecture", "", Figure(figure, figure == "stage_change" ? -1 : 0.01), Figure("enterprises ownership=hmt", 9))]));

    [Theory]
    [InlineData("siblings")]
    [InlineData("rivals")]
    [InlineData("rivals,source=TW")]
    [InlineData("rivals,industry=39,source=TW")]
    public void A_share_is_lost_when_it_has_fallen_far_enough_and_twice_running(string among)
    {
        Assert.Equal(["FdiShareLost"], Raised(Figure($"fdi_share_change among={among}", -0.02), Figure($"fdi_share_losing_periods among={among}", 2)));
        Assert.Empty(Raised(Figure($"fdi_share_change among={among}", -0.02), Figure($"fdi_share_losing_periods among={among}", 1)));
        Assert.Empty(Raised(Figure($"fdi_share_change among={among}", -0.0199), Figure($"fdi_share_losing_periods among={among}", 2)));
        Assert.Empty(Raised(Figure($"fdi_share_change among={among}", -0.02)));
    }

    [Fact]
    public void Each_source_and_industry_that_lost_is_an_alert_of_its_own()
    {
        string[] shares = ["among=rivals", "among=rivals,industry=39", "among=rivals,industry=39,source=TW", "among=rivals,source=TW"];
        var figures = shares.SelectMany((s, i) => new[] { Figure("fdi_share_change " + s, i == 1 ? 0.05 : -0.05), Figure("fdi_share_losing_periods " + s, 2) });

        var raised = AlertRules.Evaluate([Health(Place, "prefecture", "", [.. figures])], Defaults(Place));

        Assert.Equal(
            ["-0.0500 among rivals", "-0.0500 among rivals, industry 39, source TW", "-0.0500 among rivals, source TW"], raised.Select(a => a.Why));
    }

    [Fact]
    public void More_closures_than_births_are_an_alert_whatever_feed_is_overdue()
    {
        Assert.Empty(Raised(Figure("enterprise_death_rate", 0.125), Figure("enterprise_birth_rate", 0.0751)));
        Assert.Equal(["DeathsAboveBirths"], Raised(Figure("enterprise_death_rate", 0.125), Figure("enterprise_birth_rate", 0.0749)));
        Assert.Equal(
            ["FeedOverdue", "DeathsAboveBirths"],
            Raised(Figure("enterprise_death_rate", 0.125), Figure("enterprise_birth_rate", 0.0749), Figure("feed_overdue feed=output", 1)));
        Assert.Empty(Raised(Figure("enterprise_death_rate", 0.125)));
    }

    [Fact]
    public void Concentration_is_an_alert_when_it_rose_or_stands_out_above_its_parent()
    {
        var high = Figure("fdi_source_hhi basis=immediate", 0.5);
        Assert.Empty(Raised(high));
        Assert.Equal(["FdiConcentrated"], Raised(high, Figure("fdi_source_hhi_change basis=immediate,span=12", 0.05)));
        Assert.Empty(Raised(Figure("fdi_source_hhi basis=immediate", 0.25), Figure("fdi_source_hhi_change basis=immediate,span=12", 0.05)));

        var child = Health(Place, "prefecture", "regions/32", high);
        Assert.Equal(["FdiConcentrated"], Evaluate([Health("regions/32", "province", "", Figure("fdi_source_hhi basis=immediate", 0.25)), child]));
        Assert.Empty(Evaluate([Health("regions/32", "province", "", Figure("fdi_source_hhi basis=immediate", 0.45)), child]));
    }

    [Fact]
    public void An_estate_without_any_link_says_so()
    {
        var linked = Health("estates/sip", "estate", Place, Figure("local_linkage_ratio", 0), Figure("enterprises ownership=foreign", 10));

        Assert.Equal(["LocalLinkageLow", "EstateWithoutLinkage"], Evaluate([linked]));
    }

    [Fact]
    public void An_overdue_feed_of_a_county_silences_its_prefecture_and_no_one_else()
    {
        var falling = Figure("growth_ratio basis=comparable,measure=output,span=12", -0.3);
        var raised = AlertRules.Evaluate(
            [
                Health(Place, "prefecture", "", falling), Health("regions/320583", "county", Place, Figure("feed_overdue feed=output", 1)),
                Health("regions/320505", "county", Place, falling),
            ],
            Defaults(Place, "regions/320583", "regions/320505"));

        Assert.Equal([("FeedOverdue", "320583"), ("OutputFalling", "320505")], raised.Select(a => (a.Name, a.Code)));
    }

    private static IEnumerable<string> Raised(params Observation[] figures) =>
        Evaluate([Health(Place, "prefecture", "", [.. figures, Figure("enterprises ownership=hmt", 10)])]);

    private static IEnumerable<string> Evaluate(Health[] places) =>
        AlertRules.Evaluate(places, Defaults([.. places.Select(p => p.Name)])).Select(a => a.Name);

    private static Dictionary<(string, string), double> Defaults(params string[] places) =>
        places.SelectMany(place => AlertPolicyCatalogue.All.Select(p => ((place, p.Key), p.Value))).ToDictionary(p => p.Item1, p => p.Value);

    private static Health Health(string name, string level, string parent, params Observation[] figures) =>
        new() { Name = name, Level = level, Parent = parent, Observations = { figures } };

    /// <param name="text">Indicator and labels, such as "local_linkage_change span=3".</param>
    /// <param name="value">Its value.</param>
    private static Observation Figure(string text, double value)
    {
        var (indicator, labels) = text.Split(' ') is [var id, var rest] ? (id, rest.Split(',')) : (text, []);
        var observation = new Observation { Indicator = "indicators/" + indicator, Value = value };
        foreach (var label in labels)
            observation.Labels.Add(label.Split('=')[0], label.Split('=')[1]);
        return observation;
    }
}
