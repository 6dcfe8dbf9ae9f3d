using ClusterPulse.Demo;
using ClusterPulse.V1;

namespace ClusterPulse.UnitTests.Demo;

/// <summary>Counts the demo's facts from its messages alone, in the most naive way: no type of the generator but its door.</summary>
public sealed class Recount
{
    private readonly Dictionary<string, List<Enterprise>> profiles = [];
    private readonly Dictionary<(string Enterprise, Feed Feed, string Period), Report> standing = [];

    public Recount()
    {
        World = new DemoWorld();
        foreach (var bureau in World.Bureaus)
        {
            foreach (var enterprise in bureau.Enterprises)
            {
                if (!profiles.TryGetValue(enterprise.Name, out var versions))
                    profiles.Add(enterprise.Name, versions = []);
                versions.Add(enterprise);
            }
            foreach (var report in World.Reports(bureau.Bureau))
            {
                Messages++;
                var key = (report.Enterprise, report.Feed, report.Period);
                if (!standing.TryGetValue(key, out var known) || known.Revision < report.Revision)
                    standing[key] = report;
            }
        }
    }

    public DemoWorld World { get; }

    /// <summary>All reports sent, revisions included.</summary>
    public long Messages { get; }

    /// <summary>Reports that stand after all revisions.</summary>
    public IReadOnlyDictionary<(string Enterprise, Feed Feed, string Period), Report> Standing => standing;

    public IReadOnlyDictionary<string, List<Enterprise>> Profiles => profiles;

    public static IEnumerable<string> Window(string period)
    {
        var last = DateOnly.ParseExact(period + "-01", "yyyy-MM-dd");
        return Enumerable.Range(-11, 12).Select(last.AddMonths).Select(month => month.ToString("yyyy-MM"));
    }

    public Enterprise? ProfileAt(string name, string period) =>
        profiles.GetValueOrDefault(name)?.LastOrDefault(p => string.CompareOrdinal(p.ValidFrom, period) <= 0);

    /// <summary>Profiles of enterprises active in the period.</summary>
    public IEnumerable<Enterprise> Active(string bureau, string period) =>
        profiles.Keys.Select(name => ProfileAt(name, period))
            .OfType<Enterprise>()
            .Where(p => !p.Closed && p.Region.StartsWith(bureau, StringComparison.Ordinal));

    public IEnumerable<Enterprise> ForeignFunded(string bureau, string period) => Active(bureau, period).Where(IsForeignFunded);

    public static bool IsForeignFunded(Enterprise enterprise) => enterprise.Ownership is Ownership.Hmt or Ownership.Foreign;

    /// <summary>Local links of the window: (buyer's profile, supplier).</summary>
    public List<(Enterprise Buyer, string Supplier)> LocalLinks(string bureau, string period) =>
    [
        .. from buyer in ForeignFunded(bureau, period)
           from month in Window(period)
           let report = standing.GetValueOrDefault((buyer.Name, Feed.Linkage, month))
           where report?.Linkage is not null
           from line in report.Linkage.Lines
           where line.SupplierCase == LinkageLine.SupplierOneofCase.Enterprise && line.Purchases.MinorUnits > 0
           let supplier = ProfileAt(line.Enterprise, month)
           where supplier is { Closed: false } && !IsForeignFunded(supplier)
               && supplier.Region.StartsWith(bureau, StringComparison.Ordinal)
           select (buyer, line.Enterprise),
    ];

    public Dictionary<string, long> FdiBySource(string year, Func<Enterprise, bool> which) =>
        (from pair in standing
         where pair.Key.Feed == Feed.Fdi && pair.Key.Period.StartsWith(year, StringComparison.Ordinal) && !pair.Value.Nil
         where which(ProfileAt(pair.Key.Enterprise, pair.Key.Period)!)
         from line in pair.Value.Fdi.Lines
         group line.Utilised.MinorUnits by line.SourceEconomy)
        .ToDictionary(g => g.Key, g => g.Sum());

    public static double Hhi(Dictionary<string, long> bySource)
    {
        double all = bySource.Values.Where(v => v > 0).Sum();
        return bySource.Values.Where(v => v > 0).Sum(v => v / all * (v / all));
    }

    /// <summary>Year-on-year output growth over enterprises that reported both months.</summary>
    public double Growth(string bureau, string period, Func<Enterprise, bool> which)
    {
        var before = Window(period).First();
        before = DateOnly.ParseExact(before + "-01", "yyyy-MM-dd").AddMonths(-1).ToString("yyyy-MM");
        var both = from enterprise in Active(bureau, period).Where(which)
                   let now = standing.GetValueOrDefault((enterprise.Name, Feed.Output, period))
                   let then = standing.GetValueOrDefault((enterprise.Name, Feed.Output, before))
                   where now is not null && then is not null
                   select (Now: now.Output.Value.MinorUnits, Then: then.Output.Value.MinorUnits);
        var list = both.ToList();
        return (double)list.Sum(x => x.Now) / list.Sum(x => x.Then) - 1;
    }
}
