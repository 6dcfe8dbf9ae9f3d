using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Silo;

/// <summary>Enumerations as words in tables: a statistician reads them, and numbers may change.</summary>
internal static class Words
{
    private static readonly string[] Measures = [.. Enumerable.Range(0, (int)Enum.GetValues<Measure>().Max() + 1).Select(m => Snake(((Measure)m).ToString()))];
    private static readonly Dictionary<string, Measure> MeasureByWord =
        Enum.GetValues<Measure>().ToDictionary(m => Measures[(int)m], StringComparer.Ordinal);

    public static string Of(Measure measure) => Measures[(int)measure];

    public static Measure Measure(string word) => MeasureByWord[word];

    public static Feed Feed(string word) =>
        VocabularyWords.TryParseFeed(word, out var feed) ? feed : throw new InvalidDataException($"'{word}' is not a feed");

    public static Ownership Ownership(string word)
    {
        foreach (var ownership in VocabularyWords.Ownerships)
        {
            if (ownership.Word() == word)
                return ownership;
        }
        throw new InvalidDataException($"'{word}' is not an ownership");
    }

    public static string Of(Basis basis) => basis == Facts.Basis.YearToDate ? "year_to_date" : "month";

    public static Basis Basis(string word) => word == "year_to_date" ? Facts.Basis.YearToDate : Facts.Basis.Month;

    public static string Of(ReportStatus status) => status switch
    {
        Facts.ReportStatus.Estimated => "estimated",
        Facts.ReportStatus.Final => "final",
        _ => "provisional",
    };

    public static ReportStatus ReportStatus(string word) => word switch
    {
        "estimated" => Facts.ReportStatus.Estimated,
        "final" => Facts.ReportStatus.Final,
        _ => Facts.ReportStatus.Provisional,
    };

    public static string Of(SupplierKind kind) => kind switch
    {
        Facts.SupplierKind.Enterprise => "enterprise",
        Facts.SupplierKind.UnregisteredCode => "unregistered_code",
        Facts.SupplierKind.Region => "region",
        _ => "source_economy",
    };

    public static SupplierKind SupplierKind(string word) => word switch
    {
        "enterprise" => Facts.SupplierKind.Enterprise,
        "unregistered_code" => Facts.SupplierKind.UnregisteredCode,
        "region" => Facts.SupplierKind.Region,
        _ => Facts.SupplierKind.SourceEconomy,
    };

    /// <summary>For enumerations whose C# names, in snake case, are the words.</summary>
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum => Snake(value.ToString());

    /// <summary>The reverse of <see cref="Of{TEnum}"/>.</summary>
    public static TEnum Parse<TEnum>(string word) where TEnum : struct, Enum =>
        Enum.Parse<TEnum>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
