using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>The enterprises of a place by what they made in twelve months, the largest first. One whose sum is negative counts as 0.</summary>
public sealed class Anchors
{
    private readonly List<(string Enterprise, double Output)> _enterprises;

    private Anchors(List<(string Enterprise, double Output)> enterprises, double total) => (_enterprises, Total) = (enterprises, total);

    /// <summary>Those with positive output in CNY; where several have the same, in the order of their ids.</summary>
    public IReadOnlyList<(string Enterprise, double Output)> Enterprises =>
        field ??= [.. _enterprises.OrderByDescending(e => e.Output).ThenBy(e => e.Enterprise, StringComparer.Ordinal)];

    /// <summary>The first of them.</summary>
    public string Largest => _enterprises.Aggregate((largest, e) => Follows(largest, e) ? e : largest).Enterprise;

    /// <summary>How many they are.</summary>
    public int Count => _enterprises.Count;

    /// <summary>Σ of all, CNY.</summary>
    public double Total { get; }

    /// <summary>Concentration ratio: part of the output that the largest make, 0..1.</summary>
    /// <param name="top">How many.</param>
    public double Ratio(int top)
    {
        // Some thousand enterprises, of whom a few are asked for: they are not sorted for that.
        var largest = new PriorityQueue<double, double>(top + 1);
        foreach (var (_, output) in _enterprises)
        {
            if (largest.Count < top)
                largest.Enqueue(output, output);
            else
                largest.EnqueueDequeue(output, output);
        }
        var sum = 0.0;
        while (largest.TryDequeue(out var output, out _))
            sum += output;
        return sum / Total;
    }

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
        var enterprises = new List<(string, double)>(sums.Count);
        var total = 0m;
        foreach (var (enterprise, output) in sums)
        {
            if (output <= 0)
                continue;
            enterprises.Add((enterprise, (double)output));
            total += output;
        }
        reason = total > 0 ? Unavailable.None : Unavailable.NoDenominator;
        return total > 0 ? new(enterprises, (double)total) : null;
    }

    private static bool Follows((string Enterprise, double Output) one, (string Enterprise, double Output) other) =>
        one.Output < other.Output || (one.Output.Equals(other.Output) && string.CompareOrdinal(one.Enterprise, other.Enterprise) > 0);

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
        var (anchors, reason) = cells.Anchors(period);
        foreach (var top in Tops)
        {
            var figure = anchors is null
                ? Figure.Not(reason)
                : Figure.Of(
                    anchors.Ratio(top), new("output_of_top_cny", anchors.Ratio(top) * anchors.Total, "CNY"), new("output_cny", anchors.Total, "CNY"),
                    new("enterprises", anchors.Count, "count"));
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
        var (anchors, reason) = cells.Anchors(period);
        if (anchors is null)
            return [Figure.Not(reason)];
        var anchor = anchors.Largest;
        return [Figure.Of(
            cells.Stock(Measure.BuyerSuppliers, period, buyer => buyer == anchor), new Operand("anchor_share", anchors.Ratio(1), "ratio"))];
    }
}
