using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Reports;

/// <summary>Register entries of a firm: one for each version of its profile, in order, and one that closes it.</summary>
internal static class EnterpriseWriter
{
    public static IEnumerable<Enterprise> Write(Firm firm)
    {
        foreach (var profile in firm.Profiles)
            yield return Write(firm, profile, profile.From, false);
        if (firm.ClosedFrom < DemoFacts.Months)
            yield return Write(firm, firm.Now, firm.ClosedFrom, true);
    }

    private static Enterprise Write(Firm firm, FirmProfile profile, int from, bool closed) => new()
    {
        Name = firm.ResourceName,
        ValidFrom = DemoMonth.Name(from),
        Region = profile.Region,
        Estate = profile.Estate,
        Industry = profile.Industry,
        Ownership = profile.Ownership,
        InvestorEconomy = firm.Investor,
        HiTech = profile.HiTech,
        Closed = closed,
        DisplayName = firm.Name.Clone(),
    };
}
