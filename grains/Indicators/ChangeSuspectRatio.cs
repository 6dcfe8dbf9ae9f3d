using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How much of the change within a year rests on reports that nobody has vouched for: of the change that comparable growth is
/// made of, the part of the enterprises whose report of either month is suspect.</summary>
public sealed class ChangeSuspectRatio : IIndicator
{
    public const string Id = "change_suspect_ratio";

    /// <summary>Months over which the change is taken.</summary>
    public const int Span = 12;

    /// <summary>Sums of feeds whose reports are checked, see <see cref="SoftChecks.Applies"/>.</summary>
    private static readonly (Feed Feed, string Sum)[] Sums =
        [(Feed.Output, "output_cny"), (Feed.Export, "export_cny"), (Feed.Employment, "employment_persons")];

    public int CellLevel => CellLevels.Fourth;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = Id,
        NameZh = "变动中存疑报送占比",
        NameEn = "Share of the change held by suspect reports",
        Unit = "ratio",
        Formula = "Σ (x(p) − x(p−12)) of enterprises with a suspect report of p or p−12 ÷ Σ (x(p) − x(p−12)), both over enterprises that reported both, within 0 … 1",
        Source = "ClusterPulse",
        Labels = ["indicator"],
        Min = 0,
        Max = 1,
        // Those of growth, so that it is of the month whose growth alerts judge.
        Feeds = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi],
    };

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        foreach (var (feed, sum) in Sums)
            yield return Of(cells, feed, period).With("indicator", sum);
    }

    /// <summary>The share of a sum's change; null where its feed is not checked.</summary>
    /// <param name="cells">The place.</param>
    /// <param name="indicator">Id of the sum.</param>
    /// <param name="period">The later month.</param>
    public static double? OfSum(CellView cells, string indicator, Month period)
    {
        foreach (var (feed, sum) in Sums)
        {
            if (sum == indicator)
                return Of(cells, feed, period).Value;
        }
        return null;
    }

    private static Figure Of(CellView cells, Feed feed, Month period)
    {
        var suspect = Growth.Difference(cells, Measure.SuspectNow, Measure.SuspectThen, feed, Span, period);
        var all = Growth.Difference(cells, Measure.MatchedNow, Measure.MatchedThen, feed, Span, period);
        if (suspect is null || all is null)
            return Figure.Not(Unavailable.NoRate);
        var ratio = Figure.Ratio(new("suspect_change", suspect.Value, Growth.Unit(feed)), new("change", all.Value, Growth.Unit(feed)));
        // Suspect reports that pull the other way hold nothing of the change; those that outweigh the rest hold all of it.
        return ratio with { Value = ratio.Value is { } share ? Math.Min(1, Math.Max(0, share)) : null };
    }
}
