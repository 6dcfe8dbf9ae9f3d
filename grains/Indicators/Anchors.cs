using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>The enterprises of a place by what they made in twelve months, the largest first. One whose sum is negative counts as 0.</summary>
public sealed class Anchors
{
    private Anchors(IReadOnlyList<(string Enterprise, double Output)> enterprises)
    {
        Enterprises = enterprises;
        Total = enterprises.Sum(e => e.Output);
    }

    /// <summary>Those with positive output in CNY; where several have the same, in the order of their ids.</summary>
    public IReadOnlyList<(string Enterprise, double Output)> Enterprises { get; }

    /// <summary>Σ of all, CNY.</summary>
    public double Total { get; }

    /// <summary>Concentration ratio: part of the output that the largest make, 0..1.</summary>
    /// <param name="top">How many.</param>
    public double Ratio(int top) => Enterprises.Take(top).Sum(e => e.Output) / Total;

    /// <summary>Those of a month's window.</summary>
    /// <param name="cells">Where from.</param>
    /// <param name="period">The window's last month.</param>
    /// <param name="reason">Why there are none: above the locality output is not kept by enterprise.</param>
    public static Anchors? Of(CellView cells, Month period, out Unavailable reason)
    {
        reason = Unavailable.NotApplicable;
        if (!HasAny(cells, Measure.EnterpriseOutput, period) && HasAny(cells, Measure.Output, period))
            return null;
        reason = Unavailable.NoRate;
        if (cells.MoneyByHead(Measure.EnterpriseOutput, period - (LinkSpans.Window - 1), period, "CNY") is not { } sums)
            return null;
        var anchors = new Anchors([.. sums.Where(s => s.Amount > 0).OrderByDescending(s => s.Amount)]);
        reason = anchors.Total > 0 ? Unavailable.None : Unavailable.NoDenominator;
        return anchors.Total > 0 ? anchors : null;
    }

    private static bool HasAny(CellView cells, Measure measure, Month period)
    {
        foreach (var series in cells.Series(measure).Values)
        {
            for (var p = period - (LinkSpans.Window - 1); p <= period; p += 1)
            {
                if (series[p] != 0)
                    return true;
            }
        }
        return false;
    }
}

/// <summary>Part of a local cluster's output that its largest and its four largest enterprises make.</summary>
public sealed class AnchorShare : IIndicator
{
    private static readonly int[] Tops = [1, 4];

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "anchor_share",
        NameZh = "龙头企业产值占比",
        NameEn = "Anchor share of output",
        Unit = "ratio",
        Formula = "output of the largest 1, 4 enterprises ÷ output of all, W; up to the locality, and estates",
        Source = "Concentration ratios CR1, CR4; section 3.2 of the paper",
        Labels = ["top"],
        Min = 0,
        Max = 1,
        Feeds = [Feed.Output],
        IsRestricted = true,
    };

    public int CellLevel => CellLevels.Third;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var anchors = Anchors.Of(cells, period, out var reason);
        foreach (var top in Tops)
        {
            var figure = anchors is null
                ? Figure.Not(reason)
                : Figure.Of(
                    anchors.Ratio(top), new("output_of_top_cny", anchors.Ratio(top) * anchors.Total, "CNY"), new("output_cny", anchors.Total, "CNY"),
                    new("enterprises", anchors.Enterprises.Count, "count"));
            yield return figure.With("top", top.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>How many enterprises of the place sell to the one with the largest output.</summary>
public sealed class AnchorSuppliers : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "anchor_suppliers",
        NameZh = "龙头企业本地供应商数",
        NameEn = "Local suppliers of the anchor",
        Unit = "count",
        Formula = "enterprises of the region that the one with the largest output over W bought from in W; up to the locality",
        Source = "Section 3.2 of the paper",
        Min = 0,
        Feeds = [Feed.Output, Feed.Linkage],
        IsRestricted = true,
    };

    public int CellLevel => CellLevels.Third;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        // Of suppliers the region alone is known.
        if (cells.IsEstate)
            return [Figure.Not(Unavailable.NotApplicable)];
        return [Anchors.Of(cells, period, out var reason) is { } anchors
            ? Figure.Of(
                cells.Stock(Measure.BuyerSuppliers, period, buyer => buyer == anchors.Enterprises[0].Enterprise),
                new Operand("anchor_share", anchors.Ratio(1), "ratio"))
            : Figure.Not(reason)];
    }
}
