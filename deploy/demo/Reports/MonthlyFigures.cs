using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Reports;

/// <summary>What a firm's month was: functions of seed, firm and month alone, so that months can be told in any order.</summary>
internal sealed class MonthlyFigures(ulong seed)
{
    /// <summary>
    /// Fen. The same month of both years shares its noise, so that a year's growth shows in each firm with little noise of
    /// its own.
    /// </summary>
    public long Output(Firm firm, int month)
    {
        var trend = Ppm.Of(firm.MonthlyOutput, Trend.ByGrowth[(int)firm.Growth].Output(month));
        var season = Ppm.Of(trend, Ppm.Noise(seed, 120_000, firm.Index, month % 12, Draw.SeasonNoise));
        return Ppm.Of(season, Ppm.Noise(seed, 20_000, firm.Index, month, Draw.MonthNoise));
    }

    /// <summary>Fen; 0 for a firm that does not export.</summary>
    public long Export(Firm firm, int month) =>
        Ppm.Of(Ppm.Of(Output(firm, month), firm.ExportShare), Ppm.Noise(seed, 30_000, firm.Index, month, Draw.ExportNoise));

    public static long Persons(Firm firm, int month) =>
        Math.Max(5, Ppm.Of(firm.Persons, Trend.ByGrowth[(int)firm.Growth].Persons(month)));

    /// <summary>US cents that arrived; negative where money was withdrawn.</summary>
    public long Utilised(Firm firm, int month)
    {
        if (firm.Fdi is not { } fdi)
            return 0;
        if (fdi.Withdrawal == month)
            return -fdi.Instalment / 4;
        if (!fdi.Months.Contains(month % 12))
            return 0;
        var planned = month < 12 ? fdi.Instalment : Ppm.Of(fdi.Instalment, fdi.NextYear);
        return Ppm.Of(planned, Ppm.Noise(seed, 40_000, firm.Index, month, Draw.FdiNoise));
    }

    /// <summary>Fen; 0 in the few months without purchases.</summary>
    public long Purchases(Firm firm, int month) =>
        BuysLocally(firm, month) || DemoRandom.At(seed, 100, firm.Index, month, Draw.NilLinkage) >= 5
            ? Ppm.Of(Output(firm, month), firm.Linkage!.PurchaseShare)
            : 0;

    /// <summary>
    /// A buyer orders locally every third month counted back from its last, then from all its local suppliers: in every
    /// window of twelve months each of them is reached.
    /// </summary>
    public bool BuysLocally(Firm firm, int month) =>
        month <= firm.Linkage!.LastLocal && (IsRound(firm, month) || DemoRandom.At(seed, 100, firm.Index, month, Draw.BuysLocally) < 45);

    /// <summary>Local suppliers of the month; outside its rounds a buyer orders from some of them.</summary>
    public IEnumerable<Firm> LocalSuppliers(Firm firm, int month) =>
        IsRound(firm, month)
            ? firm.Linkage!.Local
            : firm.Linkage!.Local.Where((_, i) => i == month % firm.Linkage.Local.Count
                || DemoRandom.At(seed, 2, firm.Index, month, Draw.SupplierChoice + i) == 0);

    private static bool IsRound(Firm firm, int month) => (firm.Linkage!.LastLocal - Phase(firm) - month) % 3 == 0;

    /// <summary>Leavers count from their very last purchase, the others from a month of the last quarter.</summary>
    private static int Phase(Firm firm) => firm.Linkage!.LastLocal == DemoFacts.Months - 1 ? firm.Index % 3 : 0;
}
