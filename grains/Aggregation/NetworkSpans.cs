using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>Months in which an enterprise buys from another one of a region.</summary>
/// <param name="Supplier">The other; null: from any.</param>
/// <param name="Place">The lowest region that both are in, so that they are in every region above it too.</param>
/// <param name="From">First month.</param>
/// <param name="To">Last month.</param>
public readonly record struct NetworkSpan(string? Supplier, string Place, Month From, Month To);

/// <summary>Turns purchases from registered enterprises, whatever their ownership, into the spans that they keep a link of the
/// network alive: twelve months, while the buyer is active. The buyer is where it is in the month, the supplier where the newest purchase
/// found it.</summary>
public static class NetworkSpans
{
    /// <summary>All spans of a buyer.</summary>
    public static IReadOnlyList<NetworkSpan> Of(EnterpriseState state, IGeography geography)
    {
        var spans = new List<NetworkSpan>();
        foreach (var (supplier, purchases) in Purchases(state))
        {
            for (var i = 0; i < purchases.Count; i++)
            {
                var (from, region) = (purchases.Keys[i], purchases.Values[i]);
                var until = from + LinkSpans.Window;
                if (i + 1 < purchases.Count && purchases.Keys[i + 1] < until)
                    until = purchases.Keys[i + 1];
                AddSpans(spans, state, geography, supplier, region, from, until);
            }
        }
        if (spans.Count > 0)
            AddBuyer(spans, geography);
        return spans;
    }

    /// <summary>Where each supplier was, by month of purchase.</summary>
    private static Dictionary<string, SortedList<Month, string>> Purchases(EnterpriseState state)
    {
        var bought = new Dictionary<string, SortedList<Month, string>>(StringComparer.Ordinal);
        foreach (var (key, report) in state.Reports)
        {
            if (key.Feed != Feed.Linkage || report.Withdrawn)
                continue;
            foreach (var line in report.Content.Lines)
            {
                if (line.Amount <= 0 || line.Supplier!.Judgement?.Region is not { } region || line.Supplier.Id == state.Id)
                    continue;
                if (!bought.TryGetValue(line.Supplier.Id, out var months))
                    bought.Add(line.Supplier.Id, months = []);
                months[key.Period] = region;
            }
        }
        return bought;
    }

    /// <summary>One for each profile that the buyer has in these months.</summary>
    private static void AddSpans(
        List<NetworkSpan> spans, EnterpriseState state, IGeography geography, string supplier, string region, Month from, Month until)
    {
        for (var i = 0; i < state.Profiles.Length; i++)
        {
            var profile = state.Profiles[i];
            var start = profile.ValidFrom > from ? profile.ValidFrom : from;
            var end = i + 1 < state.Profiles.Length && state.Profiles[i + 1].ValidFrom < until ? state.Profiles[i + 1].ValidFrom : until;
            if (!profile.Closed && start < end && Common(geography, profile.Region, region) is { } place)
                spans.Add(new(supplier, place, start, end - 1));
        }
    }

    /// <summary>In each month the buyer counts from the lowest place up that it shares with one of its suppliers.</summary>
    private static void AddBuyer(List<NetworkSpan> spans, IGeography geography)
    {
        var first = spans.Min(s => s.From.Index);
        var lowest = new string?[spans.Max(s => s.To.Index) - first + 1];
        foreach (var span in spans)
        {
            for (var i = span.From.Index - first; i <= span.To.Index - first; i++)
            {
                if (lowest[i] is not { } held || IsBelow(geography, span.Place, held))
                    lowest[i] = span.Place;
            }
        }
        for (var i = 0; i < lowest.Length; i++)
        {
            if (lowest[i] is not { } place)
                continue;
            var from = i;
            while (i + 1 < lowest.Length && lowest[i + 1] == place)
                i++;
            spans.Add(new(null, place, new(first + from), new(first + i)));
        }
    }

    private static bool IsBelow(IGeography geography, string place, string other) => place != other && geography.Path(place).Contains(other);

    /// <summary>The lowest region that holds both; null where there is none.</summary>
    private static string? Common(IGeography geography, string one, string other)
    {
        var path = geography.Path(Places.Region(other));
        foreach (var place in geography.Path(Places.Region(one)))
        {
            if (path.Contains(place))
                return place;
        }
        return null;
    }
}
