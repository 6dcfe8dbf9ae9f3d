using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators.Clusters;

/// <summary>
/// The stars of one industry in one region, after the European Cluster Observatory (Lindqvist 2009; Crawley and Pickernell 2012 on its
/// limits): a star each for size, specialisation and focus, none below a least employment.
/// </summary>
/// <param name="Size">Among the first tenth of regions by the industry's employment.</param>
/// <param name="Specialised">Location quotient at least <see cref="LeastQuotient"/>.</param>
/// <param name="Focus">Among the first tenth by the industry's share of the region's employment.</param>
public readonly record struct Stars(bool Size, bool Specialised, bool Focus)
{
    /// <summary>Persons below which an industry has no star.</summary>
    public const long LeastPersons = 1_000;

    /// <summary>The location quotient that is a star.</summary>
    public const int LeastQuotient = 2;

    /// <summary>0 … 3.</summary>
    public int Count => (Size ? 1 : 0) + (Specialised ? 1 : 0) + (Focus ? 1 : 0);

    /// <summary>Those of a month.</summary>
    /// <param name="cells">The region's.</param>
    /// <param name="standings">As it sees them.</param>
    /// <param name="period">The month.</param>
    /// <param name="division">The industry.</param>
    public static Stars Of(CellView cells, StandingsView standings, Month period, string division)
    {
        var here = cells.Sum(Measure.Employment, period, industry: division);
        if (here < LeastPersons || standings.CutOff(period, division) is not { } first)
            return default;
        var all = cells.Sum(Measure.Employment, period);
        var there = standings.Nation.Sum(Measure.Employment, period, industry: division);
        // Without a division, so that 2 is 2.
        var specialised = there > 0
            && (Int128)here * standings.Nation.Sum(Measure.Employment, period) >= LeastQuotient * ((Int128)there * all);
        return new(here >= first.Persons, specialised, (double)here / all >= first.Share);
    }
}
