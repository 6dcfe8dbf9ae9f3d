using System.Globalization;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using Region = ClusterPulse.Reference.Region;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>One value of one enterprise: what product and peers alike are sent.</summary>
/// <param name="Enterprise">Its number in the world.</param>
/// <param name="Feed">Feed.</param>
/// <param name="Month">Months since the world began.</param>
/// <param name="Amount">Fen, or persons.</param>
internal readonly record struct Fact(int Enterprise, Feed Feed, int Month, long Amount);

/// <summary>In which order a month's facts come.</summary>
internal enum Order
{
    /// <summary>All feeds of an enterprise, then those of the next.</summary>
    Together,

    /// <summary>One feed of all enterprises, then the next feed, as bureaus send them.</summary>
    FeedByFeed,
}

/// <summary>Foreign-funded enterprises in counties, divisions and estates of Jiangsu, Zhejiang and Guangdong, the same in each run. Each has
/// output, exports, employment and FDI in each month, and every tenth purchases from the enterprise after it.</summary>
internal sealed class World
{
    private const int MostCounties = 300;
    private const int MostEstates = 60;
    private const int LinkageEvery = 10;
    private static readonly Feed[] Feeds = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi, Feed.Linkage];
    private static readonly string[] Provinces = ["32", "33", "44"];
    private static readonly string[] Sources = ["HK", "TW", "US", "JP", "KR"];
    private readonly string[] _divisions =
        [.. Enumerable.Range(6, 7).Concat(Enumerable.Range(13, 31)).Concat([44, 45]).Select(d => d.ToString("D2", CultureInfo.InvariantCulture))];

    private readonly bool _hotSpot;

    /// <param name="enterprises">How many.</param>
    /// <param name="hotSpot">All of them are in one county and one estate.</param>
    public World(int enterprises, bool hotSpot = false)
    {
        (Enterprises, _hotSpot) = (enterprises, hotSpot);
        var regions = ReferenceData.Load().Regions;
        Counties = [.. regions.All
            .Where(r => r.Level == RegionLevel.County && Provinces.Contains(r.Path[^2].Code))
            .OrderBy(r => r.Code, StringComparer.Ordinal)
            .Take(MostCounties)];
        Estates = [.. Counties.Where((_, i) => i % (MostCounties / MostEstates) == 0).Select(c => new EstateOf($"bench-{c.Code}", c.Code))];
    }

    public int Enterprises { get; }

    public IReadOnlyList<Region> Counties { get; }

    public IReadOnlyList<EstateOf> Estates { get; }

    public static DateOnly Begin => new(2003, 1, 1);

    public static string Period(int month) => Begin.AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string Name(int enterprise) => string.Create(CultureInfo.InvariantCulture, $"org-B{enterprise:D8}");

    public static string Source(int enterprise) => Sources[enterprise % Sources.Length];

    public Region County(int enterprise) => Counties[CountyOf(enterprise)];

    public string Division(int enterprise) => _divisions[enterprise / Counties.Count % _divisions.Length];

    /// <summary>Every other enterprise of a county that has an estate is in it.</summary>
    public EstateOf? Estate(int enterprise)
    {
        if (_hotSpot)
            return Estates[0];
        var county = CountyOf(enterprise);
        return county % (MostCounties / MostEstates) == 0 && enterprise / Counties.Count % 2 == 0 ? Estates[county / (MostCounties / MostEstates)] : null;
    }

    public int Supplier(int enterprise) => (enterprise + 1) % Enterprises;

    public int FactsOfMonth => (Enterprises * (Feeds.Length - 1)) + ((Enterprises + LinkageEvery - 1) / LinkageEvery);

    /// <summary>Part <paramref name="part"/> of <paramref name="parts"/> of a month: whole enterprises.</summary>
    /// <param name="month">Which.</param>
    /// <param name="order">Order.</param>
    /// <param name="version">Another version has other values.</param>
    /// <param name="part">From 0.</param>
    /// <param name="parts">How many.</param>
    public IEnumerable<Fact> Month(int month, Order order, int version, int part, int parts)
    {
        var (from, to) = ((int)((long)Enterprises * part / parts), (int)((long)Enterprises * (part + 1) / parts));
        if (order == Order.Together)
        {
            for (var e = from; e < to; e++)
            {
                foreach (var feed in Feeds)
                {
                    if (Has(e, feed))
                        yield return new(e, feed, month, Amount(e, feed, month, version));
                }
            }
            yield break;
        }
        foreach (var feed in Feeds)
        {
            for (var e = from; e < to; e++)
            {
                if (Has(e, feed))
                    yield return new(e, feed, month, Amount(e, feed, month, version));
            }
        }
    }

    private int CountyOf(int enterprise) => _hotSpot ? 0 : enterprise % Counties.Count;

    private static bool Has(int enterprise, Feed feed) => feed != Feed.Linkage || enterprise % LinkageEvery == 0;

    private static long Amount(int enterprise, Feed feed, int month, int version) => feed switch
    {
        Feed.Output => 10_000_000 + (enterprise % 1_000 * 1_000) + (month * 10) + version,
        Feed.Export => 3_000_000 + (enterprise % 1_000 * 100) + (month * 10) + version,
        Feed.Employment => 100 + (enterprise % 900) + version,
        Feed.Fdi => 500_000 + (enterprise % 100) + (month * 10) + version,
        _ => 200_000 + (enterprise % 100) + (month * 10) + version,
    };
}

/// <summary>An estate, and the county it lies in.</summary>
internal sealed record EstateOf(string Id, string County);
