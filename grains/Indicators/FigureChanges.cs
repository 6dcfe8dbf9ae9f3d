using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>From which month on a place's figures can differ from those that were made of its cells last.</summary>
/// <param name="cells">What has happened to the cells.</param>
/// <remarks>A month's figures are made of that month's cells and of those before, with one exception: with the first report of a feed its
/// months up to the newest report are there, complete or not.</remarks>
public sealed class FigureChanges(ChangeMark cells)
{
    private readonly Month?[] _newest = new Month?[VocabularyWords.Feeds.Count];

    /// <summary>Null: from none.</summary>
    public Month? From(CellView view)
    {
        if (cells.From is not { } from)
            return null;
        for (var i = 0; i < _newest.Length; i++)
        {
            var (before, now) = (_newest[i], Newest(view, i));
            if (before == now)
                continue;
            if (before is null || now is null)
                return Month.Earliest;
            var gap = (before < now ? before.Value : now.Value) + 1;
            if (gap < from)
                from = gap;
        }
        return from;
    }

    /// <summary>Figures have been made of what there is now.</summary>
    public void Seen(CellView view)
    {
        cells.Clear();
        for (var i = 0; i < _newest.Length; i++)
            _newest[i] = Newest(view, i);
    }

    /// <summary>Newest month with a report of a feed.</summary>
    private static Month? Newest(CellView view, int feed)
    {
        Month? newest = null;
        foreach (var month in view.Completeness(VocabularyWords.Feeds[feed]).Months.Keys)
            newest = month;
        return newest;
    }
}
