using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>What a cell counts. Stocks hold +1 at the first month and −1 after the last and are read by prefix sum;
/// the rest holds each month's own sum.</summary>
public enum Measure : byte
{
    /// <summary>Stock: active enterprises; dimension kind, see <see cref="Dimensions"/>.</summary>
    Active = 1,

    /// <summary>Output in minor units; dimension kind and currency.</summary>
    Output = 2,

    /// <summary>Exports in minor units; dimension kind and currency.</summary>
    Export = 3,

    /// <summary>Persons at the end of the month; dimension kind.</summary>
    Employment = 4,

    /// <summary>Enterprises that reported employment; dimension size class.</summary>
    SizeCount = 5,

    /// <summary>Persons employed; dimension size class.</summary>
    SizeEmployment = 6,

    /// <summary>Utilised FDI in minor units; dimension immediate source and currency.</summary>
    Fdi = 7,

    /// <summary>The same by ultimate source.</summary>
    FdiUltimate = 8,

    /// <summary>Purchases of foreign-funded enterprises; dimension local or other, and currency.</summary>
    Purchases = 9,

    /// <summary>Expected enterprises that reported; dimension feed.</summary>
    Reported = 10,

    /// <summary>This month's value of those that reported both it and the month k before; dimension feed, k, currency.</summary>
    MatchedNow = 11,

    /// <summary>The value k months before of those that reported both; dimension as above.</summary>
    MatchedThen = 12,

    /// <summary>The value k months before of the expected that reported this month; dimension as above.</summary>
    PriorReported = 13,

    /// <summary>The value k months before of all expected this month; dimension as above.</summary>
    PriorExpected = 14,

    /// <summary>Year-to-date value whose month before is missing; dimension feed and currency.</summary>
    Undistributed = 15,

    /// <summary>Stock: foreign-funded enterprises with a local purchase in the last twelve months.</summary>
    Linked = 16,

    /// <summary>Stock by supplier: local suppliers of the place's foreign-funded enterprises.</summary>
    SupplierReached = 17,

    /// <summary>Stock by supplier: local suppliers that are in the place.</summary>
    LinkedSupplier = 18,

    /// <summary>Stock by estate: linked foreign-funded enterprises in estates of the place.</summary>
    EstateLinked = 19,

    /// <summary>Stock: estates of the place.</summary>
    Estates = 20,

    /// <summary>Enterprises whose newest profile is in the place, see <see cref="MemberSums"/>. It has one month,
    /// <see cref="Month.Earliest"/>.</summary>
    Members = 21,

    /// <summary>Σ of hashes of members' ids and versions; dimension half of the hash.</summary>
    MemberHash = 22,

    /// <summary>Enterprises that were first active in the month, where they were then.</summary>
    Births = 23,

    /// <summary>Enterprises that closed in the month and have not opened again, where they were last active.</summary>
    Deaths = 24,

    /// <summary>This month's output of those that reported both it and the month a year before; dimension kind and currency.</summary>
    OutputMatchedNow = 25,

    /// <summary>Their output a year before; dimension as above.</summary>
    OutputMatchedThen = 26,

    /// <summary>Stock: links that were alive a year before and are alive, where their buyers were a year before.</summary>
    LinkSurvived = 27,

    /// <summary>Stock: pairs of a buyer and a supplier that are both in the place.</summary>
    NetworkLink = 28,

    /// <summary>Stock: enterprises that buy from another in the place.</summary>
    NetworkBuyer = 29,

    /// <summary>Stock by unordered pair of enterprises, up to the locality: in how many of its directions it is a link.</summary>
    NetworkPair = 30,

    /// <summary>Utilised FDI by industry, as fine as the profile says; dimension immediate source and currency.</summary>
    FdiByIndustry = 31,

    /// <summary>Utilised FDI; dimension investor, empty where the report names none, and currency.</summary>
    FdiInvestor = 32,

    /// <summary>Output, up to the locality; dimension enterprise and currency.</summary>
    EnterpriseOutput = 33,

    /// <summary>Stock by buyer, up to the locality: how many enterprises of the place it buys from.</summary>
    BuyerSuppliers = 34,

    /// <summary>Σ of squares of enterprises' persons, by division; dimension half of the square.</summary>
    EmploymentSquare = 35,

    /// <summary>Reports with an open soft-check warning; dimension feed.</summary>
    Suspect = 36,

    /// <summary><see cref="Linked"/> by industry of the buyer, as fine as its profile says.</summary>
    LinkedByIndustry = 37,

    /// <summary><see cref="Purchases"/> by industry of the buyer, as fine as its profile says.</summary>
    PurchasesByIndustry = 38,

    /// <summary><see cref="Active"/> by group or class of industry.</summary>
    ActiveByClass = 39,

    /// <summary><see cref="Output"/> by group or class of industry.</summary>
    OutputByClass = 40,

    /// <summary><see cref="Export"/> by group or class of industry.</summary>
    ExportByClass = 41,

    /// <summary><see cref="Employment"/> by group or class of industry.</summary>
    EmploymentByClass = 42,

    /// <summary>Of <see cref="MatchedNow"/> twelve months apart, that of enterprises whose report of either month is suspect; dimension
    /// as there.</summary>
    SuspectNow = 43,

    /// <summary>Of <see cref="MatchedThen"/> twelve months apart, that of the same enterprises; dimension as there.</summary>
    SuspectThen = 44,
}

/// <summary>The address of one integer sum of a place.</summary>
/// <param name="Measure">What is summed.</param>
/// <param name="Industry">GB/T 4754 code, of a division unless the measure says otherwise; empty: all industries.</param>
/// <param name="Dimension">See <see cref="Dimensions"/>; empty where the measure has none.</param>
/// <param name="Period">The month it counts in.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.CellKey")]
public readonly record struct CellKey(
    Measure Measure,
    string Industry,
    string Dimension,
    Month Period)
{
    // A delta is looked up some ten times on its way up the tree: its words are hashed once. 0: it came over the wire.
    [NonSerialized] private readonly int _hash = HashCode.Combine(Measure, Industry, Dimension, Period);

    /// <summary>The cell of all industries.</summary>
    public CellKey(Measure measure, string dimension, Month period) : this(measure, "", dimension, period)
    {
    }

    // Without init: a copy with another word would keep the hash.
    [Id(0)] public Measure Measure { get; } = Measure;

    [Id(1)] public string Industry { get; } = Industry;

    [Id(2)] public string Dimension { get; } = Dimension;

    [Id(3)] public Month Period { get; } = Period;

    public bool Equals(CellKey other) =>
        Period == other.Period && Measure == other.Measure && Dimension == other.Dimension && Industry == other.Industry;

    public override int GetHashCode() => _hash != 0 ? _hash : HashCode.Combine(Measure, Industry, Dimension, Period);
}

/// <summary>A change of one cell of a place; a region's change is one of every region above it too.</summary>
/// <param name="Place">See <see cref="Places"/>.</param>
/// <param name="Key">The cell.</param>
/// <param name="Amount">What is added.</param>
public readonly record struct CellDelta(string Place, CellKey Key, long Amount);

/// <summary>Names of aggregating places, which are also their resource names and grain keys.</summary>
public static class Places
{
    public const string RegionPrefix = "regions/";
    public const string EstatePrefix = "estates/";

    public static string Region(string code) => RegionPrefix + code;

    public static string Estate(string id) => EstatePrefix + id;

    public static bool IsRegion(string place) => place.StartsWith(RegionPrefix, StringComparison.Ordinal);

    public static bool IsEstate(string place) => place.StartsWith(EstatePrefix, StringComparison.Ordinal);

    /// <summary>The code of the region or the id of the estate.</summary>
    public static string Code(string place) => place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
