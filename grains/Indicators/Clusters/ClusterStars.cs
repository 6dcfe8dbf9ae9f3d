using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>Stars of each industry of a region: how much it looks like a cluster. See <see cref="Stars"/>.</summary>
public sealed class ClusterStars : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "cluster_stars",
        NameZh = "集群星级",
        NameEn = "Cluster stars",
        Unit = "count",
        Formula = "one each: size (first tenth of regions of its level by employment), specialisation (location quotient ≥ 2), focus (first "
            + "tenth by share of employment); 0 below 1,000 employed",
        Source = "European Cluster Observatory",
        Labels = ["industry"],
        Min = 0,
        Max = 3,
        Feeds = [Feed.Employment],
        ComparedWith = Peer.Standings,
        IsDetail = true,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Standings is not { } standings || standings.Regions(period) == 0)
            yield break;
        var clusters = ClusterList.Of(cells, period);
        foreach (var division in cells.Industries(Measure.Employment).Order(StringComparer.Ordinal))
        {
            if (cells.Sum(Measure.Employment, period, industry: division) > 0 || clusters.Contains(division))
                yield return Of(cells, standings, period, division);
        }
    }

    /// <summary>Those of recognised clusters, and any star.</summary>
    public IEnumerable<Figure> Watched(CellView cells, Month period)
    {
        if (cells.Around.Standings is not { } standings || standings.Regions(period) == 0)
            yield break;
        var clusters = ClusterList.Of(cells, period);
        foreach (var division in cells.Industries(Measure.Employment).Order(StringComparer.Ordinal))
        {
            var figure = Of(cells, standings, period, division);
            if (figure.Value > 0 || clusters.Contains(division))
                yield return figure;
        }
    }

    private static Figure Of(CellView cells, StandingsView standings, Month period, string division)
    {
        double here = cells.Sum(Measure.Employment, period, industry: division);
        double all = cells.Sum(Measure.Employment, period);
        var first = standings.CutOff(period, division) ?? default;
        return Figure.Of(
            Stars.Of(cells, standings, period, division).Count,
            new("industry_here", here, "persons"),
            new("all_here", all, "persons"),
            new("industry_in_nation", standings.Nation.Sum(Measure.Employment, period, industry: division), "persons"),
            new("all_in_nation", standings.Nation.Sum(Measure.Employment, period), "persons"),
            new("first_tenth_from", first.Persons, "persons"),
            new("first_tenth_from_share", first.Share, "ratio"),
            new("regions", standings.Regions(period), "count")).With("industry", division);
    }
}
