using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Suzhou;

/// <summary>All firms of the prefecture with their habits.</summary>
internal static class SuzhouPlan
{
    /// <summary>US cents that arrived in 2003; with 1.4 times as much in 2004.</summary>
    private const long Investment2003 = 460_000_000_000;

    private const long InvestmentGrowth = 1_400_000;

    /// <summary>Taiwan's share of the concentrating zone's investment of 2004.</summary>
    private const long ConcentratedShare = 780_000;

    public static IReadOnlyList<Firm> Build(ulong seed, IReadOnlyList<Firm> elsewhere)
    {
        var random = new DemoRandom(seed);
        var factory = new FirmFactory(random, "320500", 1);
        var foreign = new SuzhouForeign(random, factory);
        foreign.Build();
        var domestic = new SuzhouDomestic(random, factory);
        domestic.Build();
        new SuzhouLinks(random, factory, foreign, domestic.Suppliers).Build(elsewhere);
        new FdiPlan(random).Give(foreign.All, Investment2003, SourceMix.Suzhou, InvestmentGrowth, 70);
        FdiPlan.Concentrate(foreign.OfZone(DemoFacts.ConcentratingZone), "TW", ConcentratedShare, InvestmentGrowth);
        return [.. foreign.All, .. domestic.All];
    }
}
