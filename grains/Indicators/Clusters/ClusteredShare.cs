using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>How much of a nation's or province's economy lies in the recognised clusters of its prefectures.</summary>
public sealed class ClusteredShare : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "clustered_share",
        NameZh = "集群占比",
        NameEn = "Clustered share",
        Unit = "ratio",
        Formula = "Σ over clusters recognised in the prefectures at p ÷ all: output and exports of W, employment of p",
        Source = "the paper: Italy, 70 % of manufacturing, 30 % of employment, 40 % of exports",
        Labels = ["measure"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Output, Feed.Export, Feed.Employment],
        ComparedWith = Peer.Standings,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Standings is not { IsAbovePrefectures: true } standings)
            yield break;
        var known = cells.Clusters.IsKnownAt(period);
        yield return Share("output", "CNY", view => view.WindowMoney(Measure.Output, period, "CNY"), (view, d) => view.WindowMoney(Measure.Output, period, "CNY", industry: d));
        yield return Share("employment", "persons", view => view.Sum(Measure.Employment, period), (view, d) => view.Sum(Measure.Employment, period, industry: d));
        yield return Share("exports", "CNY", view => view.WindowMoney(Measure.Export, period, "CNY"), (view, d) => view.WindowMoney(Measure.Export, period, "CNY", industry: d));

        Figure Share(string measure, string unit, Func<CellView, double?> all, Func<CellView, string, double?> ofIndustry)
        {
            var figure = !known ? Figure.Not(Unavailable.NotApplicable)
                : all(cells) is { } every && InClusters(standings, period, ofIndustry) is { } clustered
                    ? Figure.Ratio(new("in_clusters", clustered, unit), new("all", every, unit))
                    : Figure.Not(Unavailable.NoRate);
            return figure.With("measure", measure);
        }
    }

    /// <summary>Σ over the clusters that prefectures had in a month; null where one of the amounts is not known.</summary>
    internal static double? InClusters(StandingsView standings, Month recognised, Func<CellView, string, double?> ofIndustry)
    {
        var sum = 0d;
        foreach (var prefecture in standings.Prefectures)
        {
            foreach (var division in prefecture.At(recognised))
            {
                if (ofIndustry(prefecture.Cells, division) is not { } amount)
                    return null;
                sum += amount;
            }
        }
        return sum;
    }
}
