using ClusterPulse.Demo.Firms;
using ClusterPulse.Demo.Guangdong;
using ClusterPulse.Demo.Italy;
using ClusterPulse.Demo.Reports;
using ClusterPulse.Demo.Suzhou;
using ClusterPulse.Demo.Wenzhou;
using ClusterPulse.V1;

namespace ClusterPulse.Demo;

/// <summary>One bureau's register.</summary>
/// <param name="Bureau">Code of its region; in lower case the bureau's id.</param>
/// <param name="Estates">Its development zones.</param>
/// <param name="Enterprises">Every version of every profile, an enterprise's versions in order of their periods.</param>
public sealed record DemoBureau(string Bureau, IReadOnlyList<Estate> Estates, IReadOnlyList<Enterprise> Enterprises);

/// <summary>
/// The paper's cases over 24 months, the same to the last cent for the same seed. Register all bureaus before sending
/// reports: a few firms of Suzhou buy in Wenzhou.
/// </summary>
public sealed class DemoWorld
{
    private readonly Dictionary<string, IReadOnlyList<Firm>> firms = new(StringComparer.Ordinal);
    private readonly List<DemoBureau> bureaus = [];
    private readonly Mailing mailing;
    private readonly ReportWriter writer;

    /// <param name="seed">Another one gives another world with the same facts.</param>
    /// <param name="cases">What is in it; what a case holds does not depend on the others.</param>
    public DemoWorld(ulong seed = 2004, DemoCases cases = DemoCases.All)
    {
        var figures = new MonthlyFigures(seed);
        mailing = new Mailing(seed, figures);
        writer = new ReportWriter(figures);
        var wenzhou = WenzhouPlan.Build(seed);
        if (cases.HasFlag(DemoCases.Suzhou))
            Add(DemoFacts.Suzhou, SuzhouPlan.Build(seed, [.. wenzhou.Where(f => f is { Plain: true, ForeignFunded: false })]), [.. SuzhouZones.All.Select(z => z.ToEstate())]);
        if (cases.HasFlag(DemoCases.Wenzhou))
            Add(DemoFacts.Wenzhou, wenzhou, WenzhouPlan.Estates());
        if (cases.HasFlag(DemoCases.Dongguan))
            Add(DemoFacts.Dongguan, DongguanPlan.Build(seed), []);
        if (cases.HasFlag(DemoCases.Guangdong))
            Add(DemoFacts.Guangdong, GuangdongPlan.Build(seed), []);
        if (cases.HasFlag(DemoCases.Italy))
            Add(DemoFacts.Italy, ItalyPlan.Build(seed), []);
    }

    /// <summary>Statistical date at which the demo is looked at: 2004-12 is the newest month that is due.</summary>
    public static DateOnly AsOf => new(2005, 1, 31);

    /// <summary>In the order of the cases.</summary>
    public IReadOnlyList<DemoBureau> Bureaus => bureaus;

    /// <summary>Rates to be set before the reports are sent, so that no figure waits for one; none where all money is in CNY.</summary>
    public IReadOnlyList<DemoRate> Rates => firms.ContainsKey(DemoFacts.Italy) ? EuroRates.All : [];

    /// <summary>Rivals to be declared: Suzhou and Dongguan, for Taiwan's electronics capital; none where either is left out.</summary>
    public IReadOnlyList<RivalSet> RivalSets => !firms.ContainsKey(DemoFacts.Suzhou) || !firms.ContainsKey(DemoFacts.Dongguan)
        ? []
        :
        [
            new RivalSet
            {
                Name = "rivalSets/taiwan-electronics",
                DisplayName = new BilingualName { Zh = "台资电子信息产业", En = "Taiwan's electronics capital" },
                Regions = { $"regions/{DemoFacts.Suzhou}", $"regions/{DemoFacts.Dongguan}" },
                Sources = { "TW" },
                Industries = { "39" },
            },
        ];

    /// <summary>
    /// Reports of a bureau as they are sent: by month, then by enterprise. Late reports and corrections stand in the month
    /// they are sent, one or two after their period. Written while they are read.
    /// </summary>
    public IEnumerable<Report> Reports(string bureau) => mailing.Of(firms[bureau]).Select(writer.Write);

    /// <summary>How many <see cref="Reports"/> yields, counted without writing them.</summary>
    public long ReportCount(string bureau) => mailing.Of(firms[bureau]).LongCount();

    /// <summary>
    /// Twelve reports of Suzhou that must be rejected, one reason each, told in the note; none where Suzhou is left out. Send them
    /// after the good ones: one contradicts a stored revision.
    /// </summary>
    public IEnumerable<Report> BadRows() => !firms.ContainsKey(DemoFacts.Suzhou)
        ? []
        : BadReports.Around(Reports(DemoFacts.Suzhou).First(r => r.Feed == Feed.Output && r.Status == ReportStatus.Final));

    private void Add(string bureau, IReadOnlyList<Firm> register, IReadOnlyList<Estate> estates)
    {
        firms.Add(bureau, register);
        bureaus.Add(new DemoBureau(bureau, estates, [.. register.SelectMany(EnterpriseWriter.Write)]));
    }
}
