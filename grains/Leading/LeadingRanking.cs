using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.Leading;

/// <summary>Ranks the enterprises of a place from its cells, and says from their reports who has left them.</summary>
/// <param name="cells">The place's cells by enterprise.</param>
/// <param name="place">Its name.</param>
/// <param name="period">Last month of the window.</param>
public sealed class LeadingRanking(CellView cells, string place, Month period)
{
    private readonly Anchors? _anchors = cells.Anchors(period).Anchors;

    /// <summary>Ids of the first ones; of equal ones those whose id comes first.</summary>
    public IReadOnlyList<string> First(LeadingBy by, int count) => by == LeadingBy.Output
        ? [.. (_anchors?.Enterprises ?? []).Take(count).Select(e => e.Enterprise)]
        : [.. cells.Series(Measure.BuyerSuppliers)
            .Select(s => (Buyer: s.Key, Suppliers: s.Value.UpTo(period)))
            .Where(s => s.Suppliers > 0)
            .OrderByDescending(s => s.Suppliers).ThenBy(s => s.Buyer, StringComparer.Ordinal)
            .Take(count).Select(s => s.Buyer)];

    /// <summary>What is said of one of them.</summary>
    /// <param name="state">Its profiles and reports.</param>
    /// <param name="geography">Where places lie.</param>
    public LeadingEnterprise Describe(EnterpriseState state, IGeography geography)
    {
        var profile = state.ProfileAt(period);
        double? output = _anchors?.Enterprises.FirstOrDefault(e => e.Enterprise == state.Id).Output;
        var described = new LeadingEnterprise(
            state.Id, profile?.NameZh ?? "", profile?.NameEn ?? "", output, output / _anchors?.Total, null, null, null);
        if (Places.IsEstate(place))
            return described;
        var spans = NetworkSpans.Of(state, geography);
        var (now, then) = (SuppliersAt(period), SuppliersAt(period - LinkSpans.Window));
        return described with { Suppliers = now.Count, SuppliersYearBefore = then.Count, SuppliersLost = then.Except(now).Count() };

        HashSet<string> SuppliersAt(Month month) =>
        [
            .. spans.Where(s => s.Supplier is not null && s.From <= month && s.To >= month && geography.Path(s.Place).Contains(place))
                .Select(s => s.Supplier!),
        ];
    }
}
