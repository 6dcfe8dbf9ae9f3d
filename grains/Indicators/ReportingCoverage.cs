using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How much of what is expected has been reported.</summary>
public sealed class ReportingCoverage : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "reporting_coverage_ratio",
        NameZh = "上报率",
        NameEn = "Reporting coverage",
        Unit = "ratio",
        Formula = "expected enterprises that reported ÷ expected, by count and weighed by their value in the last complete month",
        Source = "ClusterPulse",
        Labels = ["by", "feed"],
        Min = 0,
        Max = 1,
        Feeds = [],
        IsAboutReporting = true,
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var feed in VocabularyWords.Feeds)
        {
            var coverage = cells.Completeness(feed).At(period);
            if (coverage.Expected == 0)
                continue;
            var operands = new[] { new Operand("reported", coverage.Reported, "count"), new Operand("expected", coverage.Expected, "count") };
            yield return Figure.Of(coverage.ByCount, [.. operands]).With("feed", feed.Word()).With("by", "count");
            yield return Figure.Of(coverage.ByValue, [.. operands]).With("feed", feed.Word()).With("by", "value");
        }
    }
}
