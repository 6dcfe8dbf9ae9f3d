using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Reports;

/// <summary>
/// In which order a bureau's reports are sent: month by month, firm by firm; some a month late, some corrected two months
/// later, a few of the last month not yet.
/// </summary>
internal sealed class Mailing(ulong seed, MonthlyFigures figures)
{
    private const int LastMonth = DemoFacts.Months - 1;
    private const int CorrectionDelay = 2;

    public IEnumerable<Slip> Of(IReadOnlyList<Firm> firms)
    {
        for (var month = 0; month < DemoFacts.Months; month++)
            foreach (var firm in firms)
                foreach (var slip in Of(firm, month))
                    yield return slip;
    }

    /// <summary>What the firm sends in the month: first what it still owes.</summary>
    private IEnumerable<Slip> Of(Firm firm, int month)
    {
        for (var feed = Feed.Output; feed <= LastFeed(firm); feed++)
        {
            if (feed == Feed.Fdi && !firm.ForeignFunded)
                continue;
            var corrected = month - CorrectionDelay;
            if (firm.Active(corrected) && Corrected(firm, feed, corrected))
                yield return new Slip(firm, feed, corrected, 2, false);
            if (firm.Active(month - 1) && Late(firm, feed, month - 1))
                yield return Slip(firm, feed, month - 1);
            if (firm.Active(month) && !Late(firm, feed, month) && !Missing(firm, feed, month))
                yield return Slip(firm, feed, month);
        }
    }

    private Slip Slip(Firm firm, Feed feed, int month) => new(firm, feed, month, 1, Corrected(firm, feed, month));

    /// <summary>Purchases are owed by foreign-funded firms; some domestic ones report them too.</summary>
    private static Feed LastFeed(Firm firm) => firm.Linkage is not null || firm.ForeignFunded ? Feed.Linkage : Feed.Employment;

    private bool Late(Firm firm, Feed feed, int month) =>
        month is >= 0 and < LastMonth && feed <= Feed.Employment && Throw(firm, feed, month) < 30;

    private bool Corrected(Firm firm, Feed feed, int month) =>
        month is >= 0 and <= LastMonth - CorrectionDelay
        && Throw(firm, feed, month) >= 9_960
        && feed switch
        {
            Feed.Export => figures.Export(firm, month) > 0,
            Feed.Fdi => figures.Utilised(firm, month) > 0,
            _ => true,
        };

    /// <summary>Half a percent of the smaller firms have not yet said anything but investment and purchases.</summary>
    private bool Missing(Firm firm, Feed feed, int month) =>
        month == LastMonth && !firm.Punctual && feed <= Feed.Employment && firm.Persons < 300
        && DemoRandom.At(seed, 1_000, firm.Index, 0, Draw.FirmPunctuality) < 6;

    private int Throw(Firm firm, Feed feed, int month) =>
        DemoRandom.At(seed, 10_000, firm.Index, month, Draw.Sending + (int)feed);
}
