using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>
/// What places below compare themselves with, out of all cells of a place: sums by month and division, and what tells which months
/// are complete. It is small, so it can travel: some ten thousand cells for a nation, some hundred for a parent, some thousand for a rival.
/// </summary>
public static class Denominators
{
    private static readonly Feed[] NationFeeds = [Feed.Output, Feed.Employment, Feed.Fdi];

    // Employment stands in where nobody has to report FDI.
    private static readonly Feed[] ParentFeeds = [Feed.Employment, Feed.Fdi];

    /// <summary>The part of a place's cells that these peers need.</summary>
    public static CellTable Of(CellTable cells, Peer peer)
    {
        var part = new CellPart(cells);
        foreach (var feed in peer == Peer.Nation ? NationFeeds : ParentFeeds)
            part.CopyReporting(feed);
        part.Copy(Measure.Active, "", d => d);
        if (peer == Peer.Rivals)
        {
            // By source, as single sources are compared.
            part.Copy(Measure.Fdi, "", d => d);
            foreach (var industry in cells.Industries(Measure.FdiByIndustry))
                part.Copy(Measure.FdiByIndustry, industry, d => d);
            return part.Cells;
        }
        part.CopyTotals(Measure.Fdi);
        if (peer == Peer.Nation)
        {
            part.CopyDivisions(Measure.Employment);
            part.CopyDivisions(Measure.Output);
        }
        return part.Cells;
    }
}
