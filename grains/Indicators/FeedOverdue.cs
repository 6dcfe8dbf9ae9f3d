using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>1 where the newest closed month of a feed is not complete.</summary>
public sealed class FeedOverdue : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "feed_overdue",
        NameZh = "上报逾期",
        NameEn = "Feed overdue",
        Unit = "count",
        Formula = "1 where the newest closed month is not complete, else 0",
        Source = "ClusterPulse",
        Labels = ["feed"],
        Min = 0,
        Max = 1,
        Feeds = [],
        IsAboutReporting = true,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var feed in VocabularyWords.Feeds)
        {
            if (cells.NewestClosed(feed) is not { } closed)
                continue;
            var coverage = cells.Completeness(feed).At(closed);
            if (coverage.Expected > 0)
                yield return Figure.Of(coverage.IsComplete ? 0 : 1, new Operand("coverage", coverage.ByValue, "ratio")).With("feed", feed.Word());
        }
    }
}
