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
    private static readonly string[] Feeds = ["output", "export", "employment", "fdi", "linkage"];

    /// <summary>Alerts by place, in the order of the places.</summary>
    /// <param name="places">All places, each with all its figures.</param>
    /// <param name="thresholds">Effective thresholds by place and policy.</param>
    public static IReadOnlyList<RaisedAlert> Evaluate(
        IReadOnlyList<Health> places, IReadOnlyDictionary<(string Place, string Policy), double> thresholds)
    {
        var figures = places.ToDictionary(p => p.Name, p => new HealthFigures(p), StringComparer.Ordinal);
        var overdue = Feeds.ToDictionary(f => f, f => OverdueHereOrBelow(places, figures, f), StringComparer.Ordinal);
        var alerts = new List<RaisedAlert>();
        foreach (var place in places)
        {
            if (place.Level == "town")
                continue;
            var own = figures[place.Name];
            foreach (var feed in Feeds)
            {
                if (own["feed_overdue", "feed=" + feed] is > 0)
                    Raise("FeedOverdue", $"feed {feed}");
            }
            var rules = new ValueRules(place, own, figures.GetValueOrDefault(place.Parent), p => thresholds[(place.Name, p)], Raise);
            rules.Evaluate(feed => overdue[feed].Contains(place.Name));

            void Raise(string name, FormattableString why) => alerts.Add(new(
                name, place.Level, place.Name[(place.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], place.Path,
                why.ToString(CultureInfo.InvariantCulture)));
        }
        return alerts;
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
}
