using System.Collections.Frozen;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Explain;

/// <summary>Which method takes an indicator apart. One that is not named here goes by the Shapley value, which fits all.</summary>
public static class ExplainMethods
{
    private static readonly FrozenSet<string> Sums =
        ["output_cny", "export_cny", "employment_persons", "fdi_utilised_usd", "enterprises", "estates"];

    /// <summary>Their first operand is the numerator, the second the denominator, and both are sums.</summary>
    private static readonly FrozenSet<string> Ratios =
    [
        "local_linkage_ratio", "local_sourcing_ratio", "foreign_share", "export_intensity", "sme_share", "labour_productivity_cny",
        "growth_ratio",
    ];

    /// <summary>No part of the place changes them by some share: they count months running, which a month breaks or does not, rest on
    /// where all regions stand, or are of a change themselves.</summary>
    private static readonly FrozenSet<string> Undivided =
    [
        ChangeSuspectRatio.Id, "fdi_share_losing_periods", "cluster_stars", "clusters", "clustered_share", "ellison_glaeser_gamma", "fdi_into_clusters_ratio",
    ];

    /// <summary>Whether a change of the indicator can be taken apart.</summary>
    public static bool Explains(string indicator) => !Undivided.Contains(indicator);

    public static ExplainMethod Of(string indicator, ExplainBy by) => (indicator, by) switch
    {
        ("fdi_source_hhi", ExplainBy.Sources) or ("industry_hhi", ExplainBy.Industries) => ExplainMethod.Herfindahl,
        _ when Sums.Contains(indicator) => ExplainMethod.Difference,
        _ when Ratios.Contains(indicator) => ExplainMethod.Ratio,
        _ => ExplainMethod.Shapley,
    };

    /// <summary>Measures that an indicator may read: all but those of feeds that it does not rest on, those of which only clusters are
    /// made, and those of single firms unless it shows such, which can be many cells.</summary>
    public static ImmutableArray<Measure> Reads(IndicatorDefinition definition) =>
    [
        .. Enum.GetValues<Measure>().Where(m => m is not (Measure.Members or Measure.MemberHash or Measure.Undistributed)
            && !IsOfClusters(m) && (FeedOf(m) is not { } feed || definition.Feeds.Contains(feed))
            && (definition.IsRestricted || m is not (Measure.FdiInvestor or Measure.EnterpriseOutput or Measure.BuyerSuppliers))),
    ];

    private static bool IsOfClusters(Measure measure) => measure is Measure.LinkedByIndustry or Measure.PurchasesByIndustry
        or Measure.ActiveByClass or Measure.OutputByClass or Measure.ExportByClass or Measure.EmploymentByClass;

    private static Feed? FeedOf(Measure measure) => measure switch
    {
        Measure.Output or Measure.OutputMatchedNow or Measure.OutputMatchedThen or Measure.EnterpriseOutput => Feed.Output,
        Measure.Export => Feed.Export,
        Measure.Employment or Measure.SizeCount or Measure.SizeEmployment or Measure.EmploymentSquare => Feed.Employment,
        Measure.Fdi or Measure.FdiByIndustry or Measure.FdiUltimate or Measure.FdiInvestor => Feed.Fdi,
        Measure.Purchases or Measure.Linked or Measure.SupplierReached or Measure.LinkedSupplier or Measure.EstateLinked
            or Measure.LinkSurvived or Measure.NetworkLink or Measure.NetworkBuyer or Measure.NetworkPair or Measure.BuyerSuppliers => Feed.Linkage,
        _ => null,
    };
}
