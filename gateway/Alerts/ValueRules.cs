using ClusterPulse.Policies;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Alerts;

/// <summary>The value alerts of one place: the predicates of <c>deploy/prometheus/alerts.rules.yml</c>. A comparison with a figure
/// that is not available is false.</summary>
/// <param name="place">The place.</param>
/// <param name="own">Its figures.</param>
/// <param name="parent">Those of the place above it; of an estate, of the region it lies in.</param>
/// <param name="threshold">The threshold in force here, by policy.</param>
/// <param name="raise">Takes an alert by name, with its figures.</param>
internal sealed class ValueRules(
    Health place, HealthFigures own, HealthFigures? parent, Func<string, double> threshold, Action<string, FormattableString> raise)
{
    private static readonly (string Span, string Policy)[] Falls =
        [("3", AlertPolicyCatalogue.LocalLinkageFalling3), ("12", AlertPolicyCatalogue.LocalLinkageFalling12)];

    private static readonly (string Measure, string Alert, string Policy)[] Growth =
    [
        ("output", "OutputFalling", AlertPolicyCatalogue.OutputFalling),
        ("export", "ExportsFalling", AlertPolicyCatalogue.ExportsFalling),
        ("employment", "EmploymentFalling", AlertPolicyCatalogue.EmploymentFalling),
    ];

    /// <param name="quiet">Whether a feed is overdue here or below.</param>
    public void Evaluate(Predicate<string> quiet)
    {
        if (!quiet("linkage"))
            Linkage(rooted: !quiet("fdi"), staged: !quiet("employment"));
        if (!quiet("fdi"))
            Fdi();
        foreach (var (measure, alert, policy) in Growth)
        {
            if (!quiet(measure) && own["growth_ratio", $"basis=comparable,measure={measure},span=12"] is { } growth && growth <= threshold(policy))
                raise(alert, $"{growth:+0.0 %;-0.0 %} in a year");
        }
        if (!quiet("output"))
            Output();
        if (own["enterprise_death_rate"] - own["enterprise_birth_rate"] is { } net && net > threshold(AlertPolicyCatalogue.DeathsAboveBirths))
            raise("DeathsAboveBirths", $"closures exceed births by {net:0.0000}");
    }

    private void Linkage(bool rooted, bool staged)
    {
        foreach (var (span, policy) in Falls)
        {
            if (own["local_linkage_change", "span=" + span] is not { } change || change > threshold(policy))
                continue;
            raise("LocalLinkageFalling", $"{change:0.0000} over {span} months");
            break;
        }
        var foreign = own.Sum("enterprises", "ownership=hmt", "ownership=foreign") ?? 0;
        if (foreign < threshold(AlertPolicyCatalogue.EstateWithoutLinkage))
            return;
        var rate = own["local_linkage_ratio"];
        Below("LocalLinkageLow", AlertPolicyCatalogue.LocalLinkageLow, "rate", rate);
        Below("LocalSourcingLow", AlertPolicyCatalogue.LocalSourcingLow, "ratio", own["local_sourcing_ratio"]);
        if (rooted)
            Below("EmbeddednessLow", AlertPolicyCatalogue.EmbeddednessLow, "index", own["embeddedness_index"]);
        Below("LinksDying", AlertPolicyCatalogue.LinksDying, "survival", own["link_survival_ratio"]);
        if (staged && own["stage_change"] is { } fall && fall <= threshold(AlertPolicyCatalogue.StageFellBack))
            raise("StageFellBack", $"{fall:0} stages");
        if (place.Level == "estate" && rate == 0)
            raise("EstateWithoutLinkage", $"{foreign:0} foreign-funded enterprises, none linked");
    }

    private void Fdi()
    {
        if (own["fdi_source_hhi", "basis=immediate"] is { } hhi && hhi > threshold(AlertPolicyCatalogue.FdiConcentrated))
        {
            var rise = own["fdi_source_hhi_change", "basis=immediate,span=12"];
            var above = hhi - parent?["fdi_source_hhi", "basis=immediate"];
            if (rise >= threshold(AlertPolicyCatalogue.FdiConcentrationRise))
                raise("FdiConcentrated", $"HHI {hhi:0.000}, risen by {rise:0.000}");
            else if (above >= threshold(AlertPolicyCatalogue.FdiConcentrationAboveParent))
                raise("FdiConcentrated", $"HHI {hhi:0.000}, {above:0.000} above its parent");
        }
        if (own.TopSource is var (source, share) && share > threshold(AlertPolicyCatalogue.FdiTopSourceDominant))
            raise("FdiTopSourceDominant", $"{source} {share:0.0 %}");
        foreach (var labels in own.Labels("fdi_share_change"))
        {
            if (own["fdi_share_change", labels] is { } lost && lost <= threshold(AlertPolicyCatalogue.FdiShareLost)
                && own["fdi_share_losing_periods", labels] >= threshold(AlertPolicyCatalogue.FdiShareLosingPeriods))
            {
                raise("FdiShareLost", $"{lost:0.0000} {labels.Replace('=', ' ').Replace(",", ", ", StringComparison.Ordinal)}");
            }
        }
    }

    private void Output()
    {
        if (own["growth_volatility"] is { } swing && swing > threshold(AlertPolicyCatalogue.GrowthVolatile))
            raise("GrowthVolatile", $"growth swings by {swing:0.0000}");
        Below("PrivateSectorLagging", AlertPolicyCatalogue.PrivateSectorLagging, "gap", own["private_growth_gap"]);
    }

    private void Below(string alert, string policy, string what, double? figure)
    {
        if (figure < threshold(policy))
            raise(alert, $"{what} {figure:0.0000} < {threshold(policy)}");
    }
}
