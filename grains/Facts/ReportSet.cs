using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ClusterPulse.Facts;

/// <summary>The reports of one enterprise, immutable: for each feed a shelf of consecutive months, since contributions look at
/// the same few months over and over.</summary>
public sealed class ReportSet : IReadOnlyDictionary<ReportKey, StoredReport>
{
    public static readonly ReportSet Empty = new(new Shelf[VocabularyWords.Feeds.Count], 0);

    private readonly Shelf[] _feeds;

    private readonly record struct Shelf(int First, StoredReport?[]? Reports)
    {
        public StoredReport? Find(int period)
        {
            var at = period - First;
            return Reports is not null && (uint)at < (uint)Reports.Length ? Reports[at] : null;
        }

        public Shelf With(int period, StoredReport report)
        {
            if (Reports is null)
                return new(period, [report]);
            var first = Math.Min(First, period);
            var end = Math.Max(First + Reports.Length, period + 1);
            var reports = new StoredReport?[end - first];
            Array.Copy(Reports, 0, reports, First - first, Reports.Length);
            reports[period - first] = report;
            return new(first, reports);
        }
    }

    private ReportSet(Shelf[] feeds, int count) => (_feeds, Count) = (feeds, count);

    /// <summary>All of them at once.</summary>
    public static ReportSet From(IEnumerable<KeyValuePair<ReportKey, StoredReport>> reports)
    {
        var set = Empty;
        foreach (var (key, report) in reports)
            set = set.With(key, report);
        return set;
    }

    public int Count { get; }

    public IEnumerable<ReportKey> Keys => this.Select(r => r.Key);

    public IEnumerable<StoredReport> Values => this.Select(r => r.Value);

    public StoredReport this[ReportKey key] =>
        Find(key.Feed, key.Period) ?? throw new KeyNotFoundException($"there is no report for {key.Feed} {key.Period}");

    /// <summary>Null where there is none.</summary>
    public StoredReport? Find(Feed feed, Month period) => _feeds[(int)feed - 1].Find(period.Index);

    /// <summary>With a report added, or put in the place of another.</summary>
    public ReportSet With(ReportKey key, StoredReport report)
    {
        var at = (int)key.Feed - 1;
        var feeds = (Shelf[])_feeds.Clone();
        feeds[at] = feeds[at].With(key.Period.Index, report);
        return new(feeds, Count + (Find(key.Feed, key.Period) is null ? 1 : 0));
    }

    public bool ContainsKey(ReportKey key) => Find(key.Feed, key.Period) is not null;

    public bool TryGetValue(ReportKey key, [MaybeNullWhen(false)] out StoredReport value) =>
        (value = Find(key.Feed, key.Period)) is not null;

    public IEnumerator<KeyValuePair<ReportKey, StoredReport>> GetEnumerator()
    {
        for (var feed = 0; feed < _feeds.Length; feed++)
        {
            var (first, reports) = _feeds[feed];
            for (var i = 0; i < reports?.Length; i++)
            {
                if (reports[i] is { } report)
                    yield return new(new((Feed)(feed + 1), new(first + i)), report);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
