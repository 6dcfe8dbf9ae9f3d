using System.Globalization;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Alerts;

/// <summary>An alert that the rules raise.</summary>
/// <param name="Name">As in <c>deploy/prometheus/alerts.rules.yml</c>.</param>
/// <param name="Level">Level of the place.</param>
/// <param name="Code">Its code.</param>
/// <param name="Path">Its name with those above it.</param>
/// <param name="Why">The figures.</param>
public sealed record RaisedAlert(string Name, string Level, string Code, string Path, string Why);

/// <summary>
/// What the rules in <c>deploy/prometheus/alerts.rules.yml</c> say of a picture of all places, for those who have no Prometheus
/// at hand. A system test holds the two together.
/// </summary>
public static class AlertRules
{
    private static readonly string[] Spans = ["3", "12"];

    /// <summary>Alerts by place, in the order of the places.</summary>
    /// <param name="places">All places, each with all its figures.</param>
    /// <param name="thresholds">Effective thresholds by place and policy.</param>
    public static IReadOnlyList<RaisedAlert> Evaluate(
        IReadOnlyList<Health> places, IReadOnlyDictionary<(string Place, string Policy), double> thresholds)
    {
        var figures = places.ToDictionary(p => p.Name, p => new HealthFigures(p), StringComparer.Ordinal);
        var overdueLinkage = OverdueHereOrBelow(places, figures, "linkage");
        var overdueFdi = OverdueHereOrBelow(places, figures, "fdi");
        var alerts = new List<RaisedAlert>();
        foreach (var place in places)
        {
            if (place.Level == "town")
                continue;
            var own = figures[place.Name];
            Overdue(place, own);
            if (!overdueLinkage.Contains(place.Name))
                Linkage(place, own);
            if (!overdueFdi.Contains(place.Name))
                Fdi(place, own);
        }
        return alerts;

        void Overdue(Health place, HealthFigures own)
        {
            foreach (var feed in (string[])["output", "export", "employment", "fdi", "linkage"])
            {
                if (own["feed_overdue", "feed=" + feed] is > 0)
                    Raise("FeedOverdue", place, $"feed {feed}");
            }
        }

        void Linkage(Health place, HealthFigures own)
        {
            var foreign = own.Sum("enterprises", "ownership=hmt", "ownership=foreign") ?? 0;
            var least = thresholds[(place.Name, "estate-without-linkage")];
            if (own["local_linkage_ratio"] is { } rate && foreign >= least)
            {
                var low = thresholds[(place.Name, "local-linkage-low")];
                if (rate < low)
                    Raise("LocalLinkageLow", place, Text($"rate {rate:0.0000} < {low}"));
                if (place.Level == "estate" && rate == 0)
                    Raise("EstateWithoutLinkage", place, Text($"{foreign:0} foreign-funded enterprises, none linked"));
            }
            foreach (var span in Spans)
            {
                var fall = thresholds[(place.Name, "local-linkage-falling-" + span)];
                if (own["local_linkage_change", "span=" + span] is not { } change || change > fall)
                    continue;
                Raise("LocalLinkageFalling", place, Text($"{change:0.0000} over {span} months"));
                break;
            }
        }

        void Fdi(Health place, HealthFigures own)
        {
            if (own["fdi_source_hhi", "basis=immediate"] is { } hhi && hhi > thresholds[(place.Name, "fdi-concentrated")])
            {
                var rise = own["fdi_source_hhi_change", "basis=immediate,span=12"];
                var parent = figures.GetValueOrDefault(place.Parent)?["fdi_source_hhi", "basis=immediate"];
                if (rise >= thresholds[(place.Name, "fdi-concentration-rise")])
                    Raise("FdiConcentrated", place, Text($"HHI {hhi:0.000}, risen by {rise:0.000}"));
                else if (hhi - parent >= thresholds[(place.Name, "fdi-concentration-above-parent")])
                    Raise("FdiConcentrated", place, Text($"HHI {hhi:0.000}, {hhi - parent:0.000} above its parent"));
            }
            if (own.TopSource is var (source, share) && share > thresholds[(place.Name, "fdi-top-source-dominant")])
                Raise("FdiTopSourceDominant", place, Text($"{source} {share:0.0 %}"));
        }

        void Raise(string name, Health place, string why) =>
            alerts.Add(new(name, place.Level, place.Name[(place.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], place.Path, why));
    }

    private static HashSet<string> OverdueHereOrBelow(
        IReadOnlyList<Health> places, Dictionary<string, HealthFigures> figures, string feed)
    {
        var parents = places.ToDictionary(p => p.Name, p => p.Parent, StringComparer.Ordinal);
        var overdue = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            if (figures[place.Name]["feed_overdue", "feed=" + feed] is not > 0)
                continue;
            for (var at = place.Name; !string.IsNullOrEmpty(at); at = parents.GetValueOrDefault(at, ""))
                overdue.Add(at);
        }
        return overdue;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
