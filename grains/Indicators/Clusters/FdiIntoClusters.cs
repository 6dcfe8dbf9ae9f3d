using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Reference;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>Whether investment goes where clusters already are: those recognised a year before, so that it cannot be what made them.</summary>
public sealed class FdiIntoClusters : IIndicator
{
    private const int Before = 12;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "fdi_into_clusters_ratio",
        NameZh = "外资流入集群比重",
        NameEn = "FDI into clusters",
        Unit = "ratio",
        Formula = "utilised FDI in clusters recognised at p−12 ÷ all, W: own clusters of prefectures and counties, those of its prefectures "
            + "for a nation or province",
        Source = "the paper, abstract",
        Feeds = [Feed.Fdi],
        ComparedWith = Peer.Standings,
    };

    public int CellLevel => CellLevels.Third;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        if (cells.Around.Standings is not { } standings)
            return [];
        if (!cells.Clusters.IsKnownAt(period - Before))
            return [Figure.Not(Unavailable.NotApplicable)];
        var into = standings.IsAbovePrefectures
            ? ClusteredShare.InClusters(standings, period - Before, (view, division) => Fdi(view, division))
            : IntoOwn();
        if (into is not { } inside || cells.WindowMoney(Measure.Fdi, period, "USD") is not { } all)
            return [Figure.Not(Unavailable.NoRate)];
        Operand[] operands = [new("into_clusters_usd", inside, "USD"), new("fdi_usd", all, "USD")];
        return [all > 0 ? Figure.Of(inside / all, [.. operands]) : Figure.Not(Unavailable.NoDenominator, [.. operands])];

        double? Fdi(CellView view, string industry) => view.WindowMoney(Measure.FdiByIndustry, period, "USD", industry: industry);

        double? IntoOwn()
        {
            var clusters = ClusterList.Of(cells, period - Before);
            var sum = 0d;
            foreach (var industry in cells.Industries(Measure.FdiByIndustry).Order(StringComparer.Ordinal))
            {
                if (!clusters.Contains(IndustryScheme.Division(industry)))
                    continue;
                if (Fdi(cells, industry) is not { } amount)
                    return null;
                sum += amount;
            }
            return sum;
        }
    }
}
