using System.Globalization;
using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>Spelling of cell dimensions: parts joined by <c>|</c>. Frequent ones are spelled once, since every report of the
/// ingest path needs a dozen of them.</summary>
public static class Dimensions
{
    public const char Separator = '|';
    public const string HiTechMark = "+";
    public const string Local = "local";
    public const string Other = "other";
    public const string Small = "small";
    public const string Large = "large";

    /// <summary>Halves of what would not fit: the bits from 32 on, and those below.</summary>
    public const string High = "high";
    public const string Low = "low";

    /// <summary>Cells of <see cref="MemberSums"/>.</summary>
    public static readonly CellKey MembersCell = new(Measure.Members, "", Month.Earliest);
    public static readonly CellKey HighCell = new(Measure.MemberHash, High, Month.Earliest);
    public static readonly CellKey LowCell = new(Measure.MemberHash, Low, Month.Earliest);

    private const int MaxLag = 12;
    private static readonly string[] Kinds = [.. AllKinds("")];
    private static readonly string[] KindsCny = [.. AllKinds("|CNY")];
    private static readonly string[] LagsPersons = [.. AllLags("")];
    private static readonly string[] LagsCny = [.. AllLags("CNY")];
    private static readonly string[] LagsUsd = [.. AllLags("USD")];

    /// <summary>Ownership, with a mark where the enterprise is hi-tech: <c>private+</c>.</summary>
    public static string Kind(Ownership ownership, bool hiTech) => Kinds[KindIndex(ownership, hiTech)];

    /// <summary>Kind and currency: <c>foreign+|CNY</c>.</summary>
    public static string Kind(Ownership ownership, bool hiTech, string currency) => currency switch
    {
        "CNY" => KindsCny[KindIndex(ownership, hiTech)],
        _ => $"{Kind(ownership, hiTech)}|{currency}",
    };

    /// <summary>Feed, lag in months and currency: <c>output|12|CNY</c>.</summary>
    public static string Lag(Feed feed, int months, string currency) => currency switch
    {
        "" => LagsPersons[LagIndex(feed, months)],
        "CNY" => LagsCny[LagIndex(feed, months)],
        "USD" => LagsUsd[LagIndex(feed, months)],
        _ => SpellLag(feed, months, currency),
    };

    /// <summary>Where purchases go, and their currency: <c>local|CNY</c>.</summary>
    public static string Purchases(bool isLocal, string currency) => (isLocal, currency) switch
    {
        (true, "CNY") => "local|CNY",
        (false, "CNY") => "other|CNY",
        _ => Join(isLocal ? Local : Other, currency),
    };

    /// <summary>Two parts.</summary>
    public static string Join(string first, string second) => $"{first}|{second}";

    /// <summary>Two enterprises, whichever way round: <c>a~b</c>.</summary>
    public static string Pair(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one}~{other}" : $"{other}~{one}";

    /// <summary>The part before the last separator, and the one after it.</summary>
    public static (string Head, string Currency) SplitCurrency(string dimension)
    {
        var at = dimension.LastIndexOf(Separator);
        return at < 0 ? (dimension, "") : (dimension[..at], dimension[(at + 1)..]);
    }

    private static int KindIndex(Ownership ownership, bool hiTech) => (((int)ownership - 1) * 2) + (hiTech ? 1 : 0);

    private static int LagIndex(Feed feed, int months) => (((int)feed - 1) * (MaxLag + 1)) + months;

    private static IEnumerable<string> AllKinds(string suffix) =>
        VocabularyWords.Ownerships.SelectMany(o => new[] { o.Word() + suffix, o.Word() + HiTechMark + suffix });

    private static IEnumerable<string> AllLags(string currency) =>
        VocabularyWords.Feeds.SelectMany(f => Enumerable.Range(0, MaxLag + 1).Select(k => SpellLag(f, k, currency)));

    private static string SpellLag(Feed feed, int months, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{feed.Word()}|{months}|{currency}");
}
