using ClusterPulse.Facts;
using ClusterPulse.Regions;

namespace ClusterPulse.Indicators;

/// <summary>Newest figures of a place as they were computed last. A figure of a month comes from cells of that month and before, so most
/// reports, which are about months that are still open, change none of them.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class FigureMemory
{
    private readonly Dictionary<IIndicator, (Month Month, PlaceFigure[] Figures)> _kept = [];

    /// <summary>Nothing holds any more.</summary>
    public void Clear() => _kept.Clear();

    /// <summary>Cells have changed from a month on.</summary>
    public void Forget(Month from)
    {
        foreach (var (indicator, (month, _)) in _kept)
        {
            // A dictionary that is gone through may lose entries.
            if (month >= from)
                _kept.Remove(indicator);
        }
    }

    /// <summary>An indicator's figures of a month: as kept, or as computed now.</summary>
    public PlaceFigure[] Of(IIndicator indicator, Month month, Func<PlaceFigure[]> compute)
    {
        if (!_kept.TryGetValue(indicator, out var kept) || kept.Month != month)
            _kept[indicator] = kept = (month, compute());
        return kept.Figures;
    }
}
