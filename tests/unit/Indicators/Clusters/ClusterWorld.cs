using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.UnitTests.Indicators.Clusters;

/// <summary>A nation of prefectures, each with one enterprise for the calendar, which reports every feed in every month. What is added to a
/// prefecture is added to its province and to the nation.</summary>
internal sealed class ClusterWorld
{
    public const string Nation = "CN";

    private static readonly string[] Feeds = ["output", "export", "employment", "fdi"];

    private readonly Dictionary<string, CellTable> _cells = [];

    /// <param name="first">The first month.</param>
    /// <param name="last">The last month.</param>
    /// <param name="prefectures">Their codes, of four digits.</param>
    public ClusterWorld(Month first, Month last, params IEnumerable<string> prefectures)
    {
        foreach (var prefecture in prefectures)
        {
            Add(prefecture, new(Measure.Active, "foreign", first), 1);
            for (var month = first; month <= last; month += 1)
            {
                foreach (var feed in Feeds)
                    Add(prefecture, new(Measure.Reported, feed, month), 1);
            }
        }
    }

    /// <summary>The cells of a region.</summary>
    public CellTable this[string code]
    {
        get
        {
            if (!_cells.TryGetValue(code, out var cells))
                _cells.Add(code, cells = new());
            return cells;
        }
    }

    public void Add(string prefecture, in CellKey key, long amount)
    {
        foreach (var code in (string[])[prefecture, prefecture[..2], Nation])
            this[code].Add(key, amount);
    }

    /// <summary>Enterprises of a division with so many persons each.</summary>
    public void Employ(string prefecture, string division, Month month, params IEnumerable<long> enterprises)
    {
        foreach (var persons in enterprises)
        {
            Add(prefecture, new(Measure.Employment, "private", month), persons);
            Add(prefecture, new(Measure.Employment, division, "private", month), persons);
            Add(prefecture, new(Measure.EmploymentSquare, division, "high", month), persons * persons >> 32);
            Add(prefecture, new(Measure.EmploymentSquare, division, "low", month), persons * persons & uint.MaxValue);
        }
    }

    /// <summary>Money of a division, and of all.</summary>
    public void Earn(string prefecture, Measure measure, string division, Month month, long cny)
    {
        Add(prefecture, new(measure, "private|CNY", month), cny * 100);
        Add(prefecture, new(measure, division, "private|CNY", month), cny * 100);
    }

    public void Invest(string prefecture, string industry, Month month, long usd)
    {
        Add(prefecture, new(Measure.Fdi, "HK|USD", month), usd * 100);
        Add(prefecture, new(Measure.FdiByIndustry, industry, "HK|USD", month), usd * 100);
    }

    /// <summary>The prefecture's enterprise does not report employment; the nation has enough others.</summary>
    public void Miss(string prefecture, Month month) => this[prefecture].Add(new(Measure.Reported, "employment", month), -1);

    public StandingsTable Table() => Standings.Of("1", _cells.Select(c => new RegionStanding(
        c.Key, Level(c.Key), Above(c.Key), Standings.PartOf(c.Value, Level(c.Key)))));

    /// <summary>A region as its formulas see it.</summary>
    public CellView View(string code)
    {
        var open = new OpenStandings(Table(), cells => Plain(cells, Surroundings.None));
        return Plain(this[code], new(Plain(this[Nation], Surroundings.None), null) { Standings = open.Of(code, Level(code)) });
    }

    private static string Level(string code) => code switch { Nation => "nation", { Length: 2 } => "province", _ => "prefecture" };

    private static string[] Above(string code) => code switch { Nation => [], { Length: 2 } => [Nation], _ => [code[..2], Nation] };

    private static CellView Plain(CellTable cells, Surroundings around) =>
        new(cells, ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)>()) { Around = around };
}
