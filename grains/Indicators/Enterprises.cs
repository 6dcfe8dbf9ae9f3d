using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Active enterprises by ownership.</summary>
public sealed class Enterprises : IIndicator
{
    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "enterprises",
        NameZh = "企业数",
        NameEn = "Enterprises",
        Unit = "count",
        Formula = "registered and not closed in the month",
        Source = "register",
        Labels = ["industry", "ownership"],
        Min = 0,
        Feeds = [Feed.Employment],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var ownership in VocabularyWords.Ownerships)
        {
            var word = ownership.Word();
            var count = cells.Active(period, kind => kind.AsSpan().TrimEnd(Dimensions.HiTechMark).SequenceEqual(word));
            yield return Figure.Of(count).With("ownership", word);
        }
    }
}
