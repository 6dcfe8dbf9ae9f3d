using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.Indicators;

/// <summary>
/// How much more of an industry there is in the place than in the nation: 1 is the nation's mix, 2 twice its weight.
/// Florence, P. S. (1939), Report on the Location of Industry; as used by the U.S. Cluster Mapping project.
/// </summary>
public sealed class LocationQuotient : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "location_quotient",
        NameZh = "区位商",
        NameEn = "Location quotient",
        Unit = "ratio",
        Formula = "(eᵢᵣ ÷ eᵣ) ÷ (eᵢ ÷ e) by division: employment of p, output of W",
        Source = "Florence 1939; US Cluster Mapping",
        Labels = ["industry", "measure"],
        Min = 0,
        Feeds = [Feed.Output, Feed.Employment],
        ComparedWith = Peer.Nation,
        IsDetail = true,
    };

    public IEnumerable<Figure> At(CellView cells, Month period) => Of(
        cells, period,
        cells.Industries(Measure.Employment).Order(StringComparer.Ordinal), cells.Industries(Measure.Output).Order(StringComparer.Ordinal));

    /// <summary>Those of recognised clusters.</summary>
    public IEnumerable<Figure> Watched(CellView cells, Month period)
    {
        var clusters = ClusterList.Of(cells, period);
        return Of(cells, period, clusters, clusters);
    }

    private static IEnumerable<Figure> Of(CellView cells, Month period, IEnumerable<string> employing, IEnumerable<string> producing)
    {
        if (cells.Around.Nation is not { } nation)
            yield break;
        foreach (var division in employing)
        {
            if (cells.Sum(Measure.Employment, period, industry: division) > 0)
                yield return Of(view => view.Sum(Measure.Employment, period), view => view.Sum(Measure.Employment, period, industry: division), "persons")
                    .With("measure", "employment").With("industry", division);
        }
        foreach (var division in producing)
        {
            var own = cells.WindowMoney(Measure.Output, period, "CNY", industry: division);
            if (own is not <= 0)
                yield return Of(view => view.WindowMoney(Measure.Output, period, "CNY"), view => view.WindowMoney(Measure.Output, period, "CNY", industry: division), "CNY")
                    .With("measure", "output").With("industry", division);
        }

        Figure Of(Func<CellView, double?> all, Func<CellView, double?> industry, string unit)
        {
            if (industry(cells) is not { } here || all(cells) is not { } allHere || industry(nation) is not { } there || all(nation) is not { } allThere)
                return Figure.Not(Unavailable.NoRate);
            Operand[] operands =
                [new("industry_here", here, unit), new("all_here", allHere, unit), new("industry_in_nation", there, unit), new("all_in_nation", allThere, unit)];
            return allHere <= 0 || there <= 0 || allThere <= 0
                ? Figure.Not(Unavailable.NoDenominator, [.. operands])
                : Figure.Of(here / allHere / (there / allThere), [.. operands]);
        }
    }
}
