using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Reports of the month with a warning that nobody has answered yet.</summary>
public sealed class SuspectReports : IIndicator
{
    public int CellLevel => CellLevels.Third;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "suspect_reports",
        NameZh = "存疑报表数",
        NameEn = "Suspect reports",
        Unit = "count",
        Formula = "reports of the month with an open soft-check warning",
        Source = "de Waal, Pannekoek and Scholtus 2011",
        Labels = ["feed"],
        Min = 0,
        Feeds = [],
        IsAboutReporting = true,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var feed in VocabularyWords.Feeds)
        {
            if (!SoftChecks.Applies(feed) || cells.Completeness(feed).At(period).Expected == 0)
                continue;
            var suspect = cells.Sum(Measure.Suspect, period, d => d == feed.Word());
            yield return Figure.Of(suspect, new Operand("suspect", suspect, "count")).With("feed", feed.Word());
        }
    }
}
