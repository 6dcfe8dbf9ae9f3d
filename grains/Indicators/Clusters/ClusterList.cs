using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>
/// Which industries are recognised clusters of a region: those with two stars or more for three complete months running, until they
/// have had fewer for six. Months that the region or its nation does not have complete neither count nor interrupt.
/// </summary>
public sealed class ClusterList
{
    /// <summary>Stars that make a cluster.</summary>
    public const int LeastStars = 2;

    /// <summary>Complete months running that they must be had.</summary>
    public const int MonthsToRecognise = 3;

    /// <summary>Complete months running after which a cluster that has fewer is dropped.</summary>
    public const int MonthsToDrop = 6;

    private readonly List<Month> _judged = [];
    private readonly List<ClusterSpan> _spans = [];

    internal ClusterList(CellView cells)
    {
        if (cells.Around.Standings is not { } standings)
            return;
        var divisions = cells.Industries(Measure.Employment).Order(StringComparer.Ordinal).Select(d => new Candidate(d)).ToList();
        var own = cells.Completeness(Feed.Employment);
        var nation = standings.Nation.Completeness(Feed.Employment);
        foreach (var month in own.Months.Keys.Where(m => own.IsComplete(m) && nation.IsComplete(m)))
        {
            if (!standings.IsNation && standings.Regions(month) == 0)
                continue;
            _judged.Add(month);
            foreach (var candidate in divisions)
                candidate.Judge(month, Stars.Of(cells, standings, month, candidate.Division).Count >= LeastStars, _spans);
        }
        _spans.AddRange(divisions.Where(d => d.Since is not null).Select(d => new ClusterSpan(d.Division, d.Since!.Value, null)));
        _spans.Sort((a, b) => (a.Division, a.From.Index).CompareTo((b.Division, b.From.Index)));
    }

    /// <summary>All spans, by industry and month.</summary>
    public ImmutableArray<ClusterSpan> Spans => [.. _spans];

    /// <summary>The recognised clusters of a region in a month, as GB/T 4754 divisions in order.</summary>
    public static IReadOnlyList<string> Of(CellView cells, Month period) =>
        [.. cells.Clusters._spans.Where(s => s.Covers(period)).Select(s => s.Division).Order(StringComparer.Ordinal)];

    /// <summary>Labels of the clusters that figures are given for: recognised ones, and those that definitions declare or the watch list
    /// names, which are named for all months.</summary>
    public static IReadOnlyList<string> Given(CellView cells, Month period) =>
        [.. Of(cells, period).Union(cells.Around.NamedClusters.Select(c => c.Label)).Order(StringComparer.Ordinal)];

    /// <summary>Whether enough complete months lie up to this one that a cluster could have been recognised.</summary>
    public bool IsKnownAt(Month period) => _judged.Count >= MonthsToRecognise && _judged[MonthsToRecognise - 1] <= period;

    private sealed class Candidate(string division)
    {
        private int _above;
        private int _below;

        public string Division => division;

        public Month? Since { get; private set; }

        public void Judge(Month month, bool isAbove, List<ClusterSpan> ended)
        {
            (_above, _below) = isAbove ? (_above + 1, 0) : (0, _below + 1);
            if (Since is not { } since)
            {
                if (_above >= MonthsToRecognise)
                    Since = month;
            }
            else if (_below >= MonthsToDrop)
            {
                ended.Add(new(division, since, month));
                Since = null;
            }
        }
    }
}
