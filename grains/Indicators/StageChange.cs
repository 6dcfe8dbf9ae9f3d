using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>How many stages the place stands below or above the highest that it was in within the twelve months before: a place that
/// falls back has lost links, however many it still has.</summary>
public sealed class StageChange : IIndicator
{
    private const int Span = 12;

    public IndicatorDefinition Definition { get; } = new()
    {
        Id = "stage_change",
        NameZh = "发展阶段变动",
        NameEn = "Change of the stage",
        Unit = "count",
        Formula = "rank of the stage in p minus the highest rank in the months p−12 … p−1; ranks: enterprise_cluster 0, transition 1, "
            + "industry_cluster 2; policy_district 0, function_district 1",
        Source = "ClusterPulse",
        Labels = ["industry"],
        Min = -2,
        Max = 2,
        Feeds = [Feed.Linkage, Feed.Employment],
    };

    public bool IsGivenForClusters => true;

    public IEnumerable<Figure> At(CellView cells, Month period)
    {
        var walk = Stage.Walk(cells, period);
        if (!Stage.Says(cells, period, out var reason) || walk.Count == 0)
            return [Figure.Not(reason)];
        var before = walk.Where(m => m.Month < period && m.Month >= period - Span).Select(m => m.Stage).ToList();
        if (before.Count == 0)
            return [Figure.Not(Unavailable.NotApplicable)];
        var (now, highest) = (walk[^1].Stage, before.Max());
        return [Figure.Of(now - highest, new("stage_now", now, "count"), new("highest_stage_before", highest, "count"))];
    }
}
