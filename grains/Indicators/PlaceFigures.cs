using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Regions;

namespace ClusterPulse.Indicators;

/// <summary>Which figures of a place are given for which months.</summary>
public static class PlaceFigures
{
    /// <summary>How far back a month is looked for that all have complete.</summary>
    private const int MonthsBack = 12;

    /// <summary>Each indicator at the newest month that is complete for all its feeds.</summary>
    /// <param name="cells">The place.</param>
    /// <param name="indicators">Which.</param>
    /// <param name="memory">What holds of the last time; null: all are computed.</param>
    public static IEnumerable<PlaceFigure> Newest(CellView cells, IEnumerable<IIndicator> indicators, FigureMemory? memory = null) =>
        AtNewest(cells, indicators, memory, (indicator, month) => indicator.At(cells, month));

    /// <summary>The same of those figures alone that are gauges.</summary>
    public static IEnumerable<PlaceFigure> NewestWatched(CellView cells, IEnumerable<IIndicator> indicators, FigureMemory? memory = null) =>
        AtNewest(cells, indicators, memory, (indicator, month) => indicator.Watched(cells, month));

    /// <summary>The same of each cluster of the place: the month is the place's.</summary>
    public static IEnumerable<PlaceFigure> NewestOfClusters(CellView cells, IEnumerable<IIndicator> indicators, FigureMemory? memory = null) =>
        AtNewest(cells, indicators, memory, (indicator, month) => OfClusters(cells, indicator, month));

    /// <summary>Indicators at one month; where a feed is not complete the figure says so, and size figures are flash
    /// estimates.</summary>
    public static IEnumerable<PlaceFigure> At(CellView cells, IEnumerable<IIndicator> indicators, Month period)
    {
        foreach (var indicator in indicators)
        {
            var definition = indicator.Definition;
            var complete = definition.IsAboutReporting || IsComplete(cells, definition, period);
            if (!complete && FlashEstimate.Of(cells, definition, period) is { } estimate)
            {
                yield return Stamp(cells, definition, period, estimate) with { Status = FigureStatus.Flash };
                continue;
            }
            foreach (var figure in indicator.At(cells, period).Concat(OfClusters(cells, indicator, period)))
            {
                yield return Stamp(cells, definition, period, complete
                    ? figure
                    : figure with { Value = null, Reason = Unavailable.Incomplete });
            }
        }
    }

    /// <summary>Watched figures of complete months, oldest first: what history is made of.</summary>
    /// <param name="cells">The place.</param>
    /// <param name="catalogue">Indicators.</param>
    /// <param name="own">First month of those that need the place's own cells only; null: none.</param>
    /// <param name="around">First month of those that compare it with others and of its clusters'; null: none.</param>
    public static IEnumerable<PlaceFigure> Settled(CellView cells, IndicatorCatalogue catalogue, Month? own, Month? around)
    {
        if ((own is null || around < own ? around : own) is not { } first)
            yield break;
        var months = VocabularyWords.Feeds.SelectMany(f => cells.Completeness(f).Months.Keys).Where(m => m >= first).Distinct().Order().ToList();
        foreach (var period in months)
        {
            foreach (var indicator in catalogue.Computed)
            {
                var definition = indicator.Definition;
                if (definition.IsAboutReporting || !IsComplete(cells, definition, period))
                    continue;
                var ofPlace = period >= (definition.ComparedWith == Peer.None ? own : around) ? indicator.Watched(cells, period) : [];
                var ofClusters = period >= around ? OfClusters(cells, indicator, period) : [];
                foreach (var figure in ofPlace.Concat(ofClusters))
                    yield return Stamp(cells, definition, period, figure);
            }
        }
    }

    private static IEnumerable<PlaceFigure> AtNewest(
        CellView cells, IEnumerable<IIndicator> indicators, FigureMemory? memory, Func<IIndicator, Month, IEnumerable<Figure>> figures)
    {
        foreach (var indicator in indicators)
        {
            if (NewestOf(cells, indicator.Definition) is not { } month)
                continue;
            foreach (var figure in memory is null ? Compute() : memory.Of(indicator, month, () => [.. Compute()]))
                yield return figure;

            IEnumerable<PlaceFigure> Compute() => figures(indicator, month).Select(figure => Stamp(cells, indicator.Definition, month, figure));
        }
    }

    /// <summary>An indicator of each cluster that the place has in a month.</summary>
    private static IEnumerable<Figure> OfClusters(CellView cells, IIndicator indicator, Month period) => !indicator.IsGivenForClusters
        ? []
        : ClusterList.Given(cells, period).SelectMany(label =>
            indicator.At(cells.Cluster(label), period).Select(figure => figure.With(NamedCluster.LabelName, label)));

    private static Month? NewestOf(CellView cells, IndicatorDefinition definition)
    {
        if (definition.IsAboutReporting)
            return NewestDue(cells);
        var newest = NewestComplete(cells, definition.Feeds.AsSpan());
        if (newest is not { } month || definition.ComparedWith == Peer.None)
            return newest;
        if (cells.Around.Of(definition.ComparedWith) is not { Count: > 0 })
            return null;
        for (var back = 0; back < MonthsBack; back++)
        {
            if (IsComplete(cells, definition, month - back))
                return month - back;
        }
        return null;
    }

    /// <summary>Newest month that all feeds have complete; feeds that nobody has to report here do not count.</summary>
    public static Month? NewestComplete(CellView cells, ReadOnlySpan<Feed> feeds)
    {
        Month? newest = null;
        foreach (var feed in feeds)
        {
            var completeness = cells.Completeness(feed);
            if (completeness.Months.Count == 0)
                continue;
            if (completeness.NewestComplete is not { } own)
                return null;
            newest = newest is null || own < newest ? own : newest;
        }
        if (newest is not { } month)
            return cells.Completeness(Feed.Employment).NewestComplete;
        for (var back = 0; back < MonthsBack; back++)
        {
            if (IsComplete(cells, feeds, month - back))
                return month - back;
        }
        return null;
    }

    private static bool IsComplete(CellView cells, IndicatorDefinition definition, Month period) =>
        IsComplete(cells, definition.Feeds.AsSpan(), period)
        && (definition.ComparedWith == Peer.None
            || (cells.Around.Of(definition.ComparedWith) is { Count: > 0 } others && others.All(o => IsComplete(o, definition.Feeds.AsSpan(), period))));

    private static bool IsComplete(CellView cells, ReadOnlySpan<Feed> feeds, Month period)
    {
        var any = false;
        foreach (var feed in feeds)
        {
            var completeness = cells.Completeness(feed);
            if (completeness.Months.Count == 0)
                continue;
            any = true;
            if (!completeness.IsComplete(period))
                return false;
        }
        return any || cells.Completeness(Feed.Employment).IsComplete(period);
    }

    /// <summary>The newest closed month; before any is closed, the newest with a report.</summary>
    private static Month? NewestDue(CellView cells)
    {
        Month? newest = null;
        foreach (var feed in VocabularyWords.Feeds)
        {
            if (cells.NewestClosed(feed) is { } closed && (newest is null || closed > newest))
                newest = closed;
        }
        if (newest is not null)
            return newest;
        foreach (var feed in VocabularyWords.Feeds)
        {
            foreach (var month in cells.Completeness(feed).Months.Keys)
                newest = newest is null || month > newest ? month : newest;
        }
        return newest;
    }

    private static PlaceFigure Stamp(CellView cells, IndicatorDefinition definition, Month period, Figure figure)
    {
        var coverage = 1d;
        var closed = true;
        foreach (var feed in definition.Feeds)
        {
            var own = cells.Completeness(feed).At(period);
            if (own.Expected == 0)
                continue;
            coverage = Math.Min(coverage, own.ByValue);
            closed &= cells.IsClosed(feed, period);
        }
        return new(definition.Id, period, figure, closed ? FigureStatus.Final : FigureStatus.Provisional, coverage);
    }
}
