using ClusterPulse.Aggregation;
using ClusterPulse.Reference;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>
/// The cells of one cluster, as if it were all that the place had: what is kept by industry stands as the cells of all industries, so
/// that the formulas of places are those of clusters.
/// </summary>
internal static class ClusterCells
{
    /// <summary>Measures kept by division, and by what is finer.</summary>
    private static readonly (Measure Whole, Measure ByClass)[] ByDivision =
    [
        (Measure.Active, Measure.ActiveByClass), (Measure.Output, Measure.OutputByClass), (Measure.Export, Measure.ExportByClass),
        (Measure.Employment, Measure.EmploymentByClass),
    ];

    /// <summary>Measures kept by whatever code the profile has.</summary>
    private static readonly (Measure Whole, Measure ByIndustry)[] ByCode =
    [
        (Measure.Fdi, Measure.FdiByIndustry), (Measure.Linked, Measure.LinkedByIndustry), (Measure.Purchases, Measure.PurchasesByIndustry),
    ];

    /// <summary>Sums over all codes that start with one of the cluster's. A profile that says no more than the division belongs to
    /// the division alone.</summary>
    public static CellTable Of(CellTable place, NamedCluster cluster)
    {
        var part = new CellTable(place.IsEstate);
        var divisions = cluster.Codes.Where(c => IndustryScheme.Division(c) == c).ToList();
        var finer = cluster.Codes.Where(c => IndustryScheme.Division(c) != c).ToList();
        foreach (var (whole, byClass) in ByDivision)
        {
            foreach (var division in divisions)
                Add(whole, whole, division);
            if (finer.Count > 0)
                AddMatching(whole, byClass, finer);
        }
        foreach (var (whole, byIndustry) in ByCode)
            AddMatching(whole, byIndustry, cluster.Codes);
        return part;

        void AddMatching(Measure whole, Measure measure, IReadOnlyCollection<string> codes)
        {
            foreach (var industry in place.Industries(measure))
            {
                if (codes.Any(code => industry.StartsWith(code, StringComparison.Ordinal)))
                    Add(whole, measure, industry);
            }
        }

        void Add(Measure whole, Measure measure, string industry)
        {
            foreach (var (dimension, series) in place.Of(measure, industry))
            {
                for (var p = series.First; p <= series.Last; p += 1)
                {
                    if (series[p] != 0)
                        part.Add(new(whole, dimension, p), series[p]);
                }
            }
        }
    }
}
