using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// Shares of source economies in utilised FDI over twelve months; a source whose sum is negative counts as 0.
/// Herfindahl–Hirschman index: Hirschman, A. O. (1964), "The Paternity of an Index", American Economic Review 54(5).
/// </summary>
internal sealed class SourceShares
{
    /// <summary>Both ways to say where FDI comes from.</summary>
    public static readonly (string Basis, Measure Measure)[] Bases = [("immediate", Measure.Fdi), ("ultimate", Measure.FdiUltimate)];

    private readonly SortedDictionary<string, double> _shares = new(StringComparer.Ordinal);

    private SourceShares(double total) => Total = total;

    /// <summary>Σ of positive sums, USD.</summary>
    public double Total { get; }

    /// <summary>Sources with a positive share.</summary>
    public int Count => _shares.Count;

    /// <summary>Σ s², in (0, 1].</summary>
    public double Hhi => _shares.Values.Sum(s => s * s);

    /// <summary>(HHI − 1/N) ÷ (1 − 1/N), 0 for equal shares; 1 where there is one source.</summary>
    public double NormalisedHhi => Count == 1 ? 1 : (Hhi - (1d / Count)) / (1 - (1d / Count));

    /// <summary>Source with the greatest share, the first in the alphabet where several have it.</summary>
    public (string Source, double Share) Top =>
        _shares.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)).First();

    /// <summary>Shares of a month's window.</summary>
    /// <param name="cells">Where from.</param>
    /// <param name="measure">Immediate or ultimate.</param>
    /// <param name="period">The window's last month.</param>
    /// <param name="reason">Why there are none.</param>
    public static SourceShares? Of(CellView cells, Measure measure, Month period, out Unavailable reason)
    {
        if (cells.MoneyByHead(measure, period - 11, period, "USD") is not { } sums)
        {
            reason = Unavailable.NoRate;
            return null;
        }
        // In decimal the order of the reports leaves no trace in the last digit.
        var total = (double)sums.Values.Where(s => s > 0).Sum();
        reason = Unavailable.NoDenominator;
        if (total <= 0)
            return null;
        var shares = new SourceShares(total);
        foreach (var (source, sum) in sums)
        {
            if (sum > 0)
                shares._shares.Add(source, (double)sum / total);
        }
        reason = Unavailable.None;
        return shares;
    }

    /// <summary>A figure for each basis.</summary>
    public static IEnumerable<Figure> ByBasis(CellView cells, Month period, Func<SourceShares, Figure> figure)
    {
        foreach (var (basis, measure) in Bases)
        {
            var shares = Of(cells, measure, period, out var reason);
            yield return (shares is null ? Figure.Not(reason) : figure(shares)).With("basis", basis);
        }
    }
}
