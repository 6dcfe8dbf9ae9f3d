using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>Months in which a foreign-funded enterprise counts as linked, as a whole or to one supplier.</summary>
/// <param name="Supplier">The supplier; null: linked to any.</param>
/// <param name="SupplierRegion">Where the supplier was.</param>
/// <param name="Buyer">What the buyer is in these months.</param>
/// <param name="From">First month.</param>
/// <param name="To">Last month.</param>
public readonly record struct LinkSpan(string? Supplier, string? SupplierRegion, Profile Buyer, Month From, Month To);

/// <summary>Turns local purchases into the spans that they keep a link alive.</summary>
public static class LinkSpans
{
    /// <summary>Months that one purchase counts: its own and the eleven after.</summary>
    public const int Window = 12;

    private readonly record struct Purchase(Month Period, string Locality, string Supplier, string SupplierRegion);

    /// <summary>Registered, domestic, and in the buyer's locality.</summary>
    public static bool IsLocal(SupplierJudgement? judgement, string? locality) =>
        judgement is { Domestic: true, Locality: { } supplierLocality } && supplierLocality == locality;

    /// <summary>All spans of an enterprise.</summary>
    public static IReadOnlyList<LinkSpan> Of(EnterpriseState state, IGeography geography)
    {
        var purchases = LocalPurchases(state, geography);
        if (purchases.Count == 0)
            return [];
        var spans = new List<LinkSpan>();
        AddSpans(spans, state, geography, purchases, anySupplier: true);
        foreach (var supplier in purchases.GroupBy(p => p.Supplier, StringComparer.Ordinal))
            AddSpans(spans, state, geography, [.. supplier], anySupplier: false);
        return spans;
    }

    /// <summary>Months in which a link is alive that was so a <see cref="Window"/> before, with what its buyer was then. A link is
    /// a pair of buyer and supplier: wherever in the locality they move, it is the same.</summary>
    /// <param name="spans">All spans of an enterprise.</param>
    public static IEnumerable<LinkSpan> Survived(IReadOnlyList<LinkSpan> spans)
    {
        foreach (var link in spans.Where(s => s.Supplier is not null).GroupBy(s => s.Supplier, StringComparer.Ordinal))
        {
            foreach (var then in link)
            {
                foreach (var now in link)
                {
                    var from = then.From + Window > now.From ? then.From + Window : now.From;
                    var to = then.To + Window < now.To ? then.To + Window : now.To;
                    if (from <= to)
                        yield return then with { From = from, To = to };
                }
            }
        }
    }

    private static List<Purchase> LocalPurchases(EnterpriseState state, IGeography geography)
    {
        var purchases = new List<Purchase>();
        foreach (var (key, report) in state.Reports)
        {
            if (key.Feed != Feed.Linkage || report.Withdrawn || state.ProfileAt(key.Period) is not { } profile)
                continue;
            var locality = geography.Locality(profile.Region);
            foreach (var line in report.Content.Lines)
            {
                if (line.Amount > 0 && IsLocal(line.Supplier!.Judgement, locality))
                    purchases.Add(new(key.Period, locality!, line.Supplier.Id, line.Supplier.Judgement!.Region!));
            }
        }
        purchases.Sort((a, b) => a.Period.CompareTo(b.Period));
        return purchases;
    }

    private static void AddSpans(
        List<LinkSpan> spans, EnterpriseState state, IGeography geography, List<Purchase> purchases, bool anySupplier)
    {
        LinkSpan? open = null;
        var end = purchases[^1].Period + Window;
        for (var p = purchases[0].Period; p <= end; p += 1)
        {
            var now = At(p);
            if (open is { } o && now is { } n && ReferenceEquals(o.Buyer, n.Buyer) && o.SupplierRegion == n.SupplierRegion)
            {
                open = o with { To = p };
                continue;
            }
            if (open is { } closed)
                spans.Add(closed);
            open = now;
        }

        LinkSpan? At(Month period)
        {
            if (state.ProfileAt(period) is not { IsActiveForeignFunded: true } buyer)
                return null;
            var locality = geography.Locality(buyer.Region);
            // The newest purchase says where the supplier is.
            for (var i = purchases.Count - 1; i >= 0; i--)
            {
                var purchase = purchases[i];
                if (purchase.Period <= period && period - purchase.Period < Window && purchase.Locality == locality)
                {
                    return new(anySupplier ? null : purchase.Supplier, anySupplier ? null : purchase.SupplierRegion, buyer, period, period);
                }
            }
            return null;
        }
    }
}
