namespace ClusterPulse.Facts;

/// <summary>What a report is about.</summary>
public enum Feed : byte
{
    Output = 1,
    Export = 2,
    Employment = 3,
    Fdi = 4,
    Linkage = 5,
}

/// <summary>Whether a figure is the month's own or the sum since January.</summary>
public enum Basis : byte
{
    Month = 1,
    YearToDate = 2,
}

/// <summary>Legal ownership by registration type.</summary>
public enum Ownership : byte
{
    State = 1,
    Collective = 2,
    Private = 3,
    OtherDomestic = 4,

    /// <summary>Funded from Hong Kong, Macao or Taiwan.</summary>
    Hmt = 5,
    Foreign = 6,
}

/// <summary>Size of an enterprise by the statistical classification.</summary>
public enum EnterpriseSize : byte
{
    /// <summary>Not known.</summary>
    Unspecified = 0,
    Large = 1,
    Medium = 2,
    Small = 3,
    Micro = 4,
}

/// <summary>How sure a bureau is of a report.</summary>
public enum ReportStatus : byte
{
    Provisional = 1,
    Estimated = 2,
    Final = 3,
}

/// <summary>What is known of a supplier that a linkage line names.</summary>
public enum SupplierKind : byte
{
    Enterprise = 1,
    UnregisteredCode = 2,
    Region = 3,
    SourceEconomy = 4,
}

/// <summary>The words of the vocabulary as they stand in tables, labels and messages.</summary>
public static class VocabularyWords
{
    /// <summary>All feeds, in order.</summary>
    public static IReadOnlyList<Feed> Feeds { get; } = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi, Feed.Linkage];

    /// <summary>All kinds of ownership, in order.</summary>
    public static IReadOnlyList<Ownership> Ownerships { get; } =
        [Ownership.State, Ownership.Collective, Ownership.Private, Ownership.OtherDomestic, Ownership.Hmt, Ownership.Foreign];

    /// <summary>HMT-funded or foreign.</summary>
    public static bool IsForeignFunded(this Ownership ownership) => ownership is Ownership.Hmt or Ownership.Foreign;

    public static string Word(this Feed feed) => feed switch
    {
        Feed.Output => "output",
        Feed.Export => "export",
        Feed.Employment => "employment",
        Feed.Fdi => "fdi",
        Feed.Linkage => "linkage",
        _ => throw new ArgumentOutOfRangeException(nameof(feed), feed, "not a feed"),
    };

    public static string Word(this Ownership ownership) => ownership switch
    {
        Ownership.State => "state",
        Ownership.Collective => "collective",
        Ownership.Private => "private",
        Ownership.OtherDomestic => "other_domestic",
        Ownership.Hmt => "hmt",
        Ownership.Foreign => "foreign",
        _ => throw new ArgumentOutOfRangeException(nameof(ownership), ownership, "not an ownership"),
    };

    public static bool TryParseFeed(string word, out Feed feed)
    {
        foreach (var candidate in Feeds)
        {
            if (candidate.Word() == word)
            {
                feed = candidate;
                return true;
            }
        }
        feed = default;
        return false;
    }

    /// <summary>Whether an enterprise of this ownership has to report the feed: foreign-funded ones all, domestic ones not
    /// FDI and linkage.</summary>
    public static bool IsObliged(this Ownership ownership, Feed feed) =>
        ownership.IsForeignFunded() || feed is Feed.Output or Feed.Export or Feed.Employment;
}
