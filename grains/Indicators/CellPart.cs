using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>A part of a place's cells, copied so that it can travel to those who compare themselves with the place.</summary>
/// <param name="from">All of them.</param>
internal sealed class CellPart(CellTable from)
{
    private const string AllKinds = "all";

    /// <summary>What has been copied.</summary>
    public CellTable Cells { get; } = new();

    /// <summary>What tells which months of a feed are complete; the active enterprises are needed too.</summary>
    public void CopyReporting(Feed feed)
    {
        var word = feed.Word();
        Copy(Measure.Reported, "", d => d == word ? d : null);
        foreach (var measure in (Measure[])[Measure.PriorExpected, Measure.PriorReported])
            Copy(measure, "", d => d.StartsWith(word, StringComparison.Ordinal) && d[word.Length] == Dimensions.Separator ? d : null);
    }

    /// <summary>The sums of all industries and of each division, over kinds, by currency.</summary>
    public void CopyDivisions(Measure measure)
    {
        foreach (var division in from.Industries(measure).Append(""))
            CopyTotals(measure, division);
    }

    /// <summary>Sums over what stands before the currency: kinds of enterprises, sources.</summary>
    /// <param name="measure">What is summed.</param>
    /// <param name="industry">Whose cells; empty: those of all industries.</param>
    /// <param name="division">Where they are put; null: where they were.</param>
    public void CopyTotals(Measure measure, string industry = "", string? division = null) =>
        Copy(measure, industry, measure == Measure.Employment ? _ => AllKinds : Total, division);

    /// <summary>Cells whose dimension is given a new name; null leaves them out.</summary>
    public void Copy(Measure measure, string industry, Func<string, string?> dimension, string? division = null)
    {
        foreach (var (name, series) in from.Of(measure, industry))
        {
            if (dimension(name) is not { } to)
                continue;
            for (var p = series.First; p <= series.Last; p += 1)
            {
                if (series[p] != 0)
                    Cells.Add(new(measure, division ?? industry, to, p), series[p]);
            }
        }
    }

    private static string Total(string dimension) => Dimensions.Join(AllKinds, Dimensions.SplitCurrency(dimension).Currency);
}
