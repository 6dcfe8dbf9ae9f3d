using System.Collections.Immutable;
using ClusterPulse.Demo.Firms;
using ClusterPulse.Demo.Reports;
using ClusterPulse.Demo.Suzhou;
using ClusterPulse.Demo.Wenzhou;
using ClusterPulse.V1;

namespace ClusterPulse.Demo;

/// <summary>One bureau's register.</summary>
/// <param name="Bureau">Prefecture code, also the bureau's id.</param>
/// <param name="Estates">Its development zones.</param>
/// <param name="Enterprises">Every version of every profile, an enterprise's versions in order of their periods.</param>
public sealed record DemoBureau(string Bureau, IReadOnlyList<Estate> Estates, IReadOnlyList<Enterprise> Enterprises);

/// <summary>
/// Two prefectures over 24 months, the same to the last cent for the same seed. Register both bureaus before sending
/// reports: a few firms of Suzhou buy in Wenzhou.
/// </summary>
public sealed class DemoWorld
{
    private readonly ImmutableDictionary<string, IReadOnlyList<Firm>> firms;
    private readonly Mailing mailing;
    private readonly ReportWriter writer;

    public DemoWorld(ulong seed = 2004)
    {
        var wenzhou = WenzhouPlan.Build(seed);
        var suzhou = SuzhouPlan.Build(seed, [.. wenzhou.Where(f => f is { Plain: true, ForeignFunded: false })]);
        firms = ImmutableDictionary<string, IReadOnlyList<Firm>>.Empty
            .Add(DemoFacts.Suzhou, suzhou)
            .Add(DemoFacts.Wenzhou, wenzhou);
        var figures = new MonthlyFigures(seed);
        mailing = new Mailing(seed, figures);
        writer = new ReportWriter(figures);
        Bureaus =
        [
            new DemoBureau(DemoFacts.Suzhou, [.. SuzhouZones.All.Select(z => z.ToEstate())], [.. suzhou.SelectMany(EnterpriseWriter.Write)]),
            new DemoBureau(DemoFacts.Wenzhou, WenzhouPlan.Estates(), [.. wenzhou.SelectMany(EnterpriseWriter.Write)]),
        ];
    }

    /// <summary>Statistical date at which the demo is looked at: 2004-12 is the newest month that is due.</summary>
    public static DateOnly AsOf => new(2005, 1, 31);

    /// <summary>Suzhou, then Wenzhou.</summary>
    public IReadOnlyList<DemoBureau> Bureaus { get; }

    /// <summary>
    /// Reports of a bureau as they are sent: by month, then by enterprise. Late reports and corrections stand in the month
    /// they are sent, one or two after their period. Written while they are read.
    /// </summary>
    public IEnumerable<Report> Reports(string bureau) => mailing.Of(firms[bureau]).Select(writer.Write);

    /// <summary>How many <see cref="Reports"/> yields, counted without writing them.</summary>
    public long ReportCount(string bureau) => mailing.Of(firms[bureau]).LongCount();

    /// <summary>
    /// Twelve reports of Suzhou that must be rejected, one reason each, told in the note. Send them after the good ones:
    /// one contradicts a stored revision.
    /// </summary>
    public IEnumerable<Report> BadRows() =>
        BadReports.Around(Reports(DemoFacts.Suzhou).First(r => r.Feed == Feed.Output && r.Status == ReportStatus.Final));
}
