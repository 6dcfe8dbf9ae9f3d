using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// What places below compare themselves with, out of all cells of a place: sums by month and division, and what tells which months
/// are complete. It is small, so it can travel: some ten thousand cells for a nation, some hundred for a parent, some thousand for a rival.
/// </summary>
public static class Denominators
{
    private const string AllKinds = "all";

    private static readonly Feed[] NationFeeds = [Feed.Output, Feed.Employment, Feed.Fdi];

    // Employment stands in where nobody has to report FDI.
    private static readonly Feed[] ParentFeeds = [Feed.Employment, Feed.Fdi];

    /// <summary>The part of a place's cells that these peers need.</summary>
    public static CellTable Of(CellTable cells, Peer peer)
    {
        var part = new CellTable();
        foreach (var feed in peer == Peer.Nation ? NationFeeds : ParentFeeds)
            CopyReporting(feed);
        Copy(Measure.Active, "", d => d);
        if (peer == Peer.Rivals)
        {
            // By source, as single sources are compared.
            Copy(Measure.Fdi, "", d => d);
            foreach (var industry in cells.Industries(Measure.FdiByIndustry))
                Copy(Measure.FdiByIndustry, industry, d => d);
            return part;
        }
        Copy(Measure.Fdi, "", Total);
        if (peer == Peer.Nation)
        {
            foreach (var division in cells.Industries(Measure.Employment).Append(""))
                Copy(Measure.Employment, division, _ => AllKinds);
            foreach (var division in cells.Industries(Measure.Output).Append(""))
                Copy(Measure.Output, division, Total);
        }
        return part;

        void CopyReporting(Feed feed)
        {
            var word = feed.Word();
            Copy(Measure.Reported, "", d => d == word ? d : null);
            foreach (var measure in (Measure[])[Measure.PriorExpected, Measure.PriorReported])
                Copy(measure, "", d => d.StartsWith(word, StringComparison.Ordinal) && d[word.Length] == Dimensions.Separator ? d : null);
        }

        void Copy(Measure measure, string division, Func<string, string?> dimension)
        {
            foreach (var (from, series) in cells.Of(measure, division))
            {
                if (dimension(from) is not { } to)
                    continue;
                for (var p = series.First; p <= series.Last; p += 1)
                {
                    if (series[p] != 0)
                        part.Add(new(measure, division, to, p), series[p]);
                }
            }
        }
    }

    private static string Total(string dimension) => Dimensions.Join(AllKinds, Dimensions.SplitCurrency(dimension).Currency);
}
