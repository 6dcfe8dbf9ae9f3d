using System.Collections.Immutable;

namespace ClusterPulse.Explain;

/// <summary>A figure that an alert judges and shows a reason for.</summary>
/// <param name="Indicator">Id; the label <c>indicator</c> of its reason.</param>
/// <param name="Labels">Which figure of the indicator, see <see cref="ExplainQuery.Labels"/>.</param>
/// <param name="By">Into what its change is taken apart; null: children where there are any, else operands.</param>
public sealed record JudgedFigure(string Indicator, string Labels = "", ExplainBy? By = null);

/// <summary>
/// The figures whose reasons the alerts of <c>deploy/prometheus/alerts.rules.yml</c> show, one for each indicator. A fall of output,
/// exports or employment is explained by the sum that falls, not by how its growth has changed.
/// </summary>
public static class JudgedFigures
{
    /// <summary>Months over which the change is explained.</summary>
    public const int Span = 12;

    public static ImmutableArray<JudgedFigure> All { get; } =
    [
        new("local_linkage_ratio"),
        new("local_sourcing_ratio"),
        new("embeddedness_index"),
        new("link_survival_ratio"),
        new("fdi_source_hhi", "basis=immediate", ExplainBy.Sources),
        new("fdi_top_source_share", "basis=immediate", ExplainBy.Sources),
        new("fdi_share_change", "among=siblings"),
        new("output_cny"),
        new("export_cny"),
        new("employment_persons"),
        new("growth_volatility"),
        new("private_growth_gap"),
        new("enterprise_death_rate"),
    ];
}
