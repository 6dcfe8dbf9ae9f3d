using ClusterPulse.Aggregation;

namespace ClusterPulse.Facts;

/// <summary>One grain's part of a transaction: facts, and the deltas that follow from them. All of it lands or none.</summary>
public abstract record Change
{
    /// <summary>What it changes in cells. Filled before it is handed to the Committer and not touched after.</summary>
    public IReadOnlyList<CellDelta> Deltas { get; init; } = [];
}

/// <summary>An enterprise's new profiles and reports.</summary>
public sealed record EnterpriseChange : Change
{
    public required string Enterprise { get; init; }

    /// <summary>The version that the deltas were computed from; the commit fails if another has come between.</summary>
    public required long ExpectedVersion { get; init; }

    public IReadOnlyList<Profile> Profiles { get; init; } = [];

    public IReadOnlyList<ReportWrite> Reports { get; init; } = [];

    /// <summary>Reports that do not count, in order.</summary>
    public IReadOnlyList<AsideWrite> Asides { get; init; } = [];

    /// <summary>Suppliers that lines were judged by, with the profile version read: the commit fails if one has changed.</summary>
    public IReadOnlyList<SupplierVersion> Suppliers { get; init; } = [];

    /// <summary>The answer to a submission that is all in this change, which creates it: the commit fails if it is there already. The answer's
    /// commit token is the commit's own, whatever it says here. Null: what the change brings is answered otherwise.</summary>
    public ReceiptChange? Answer { get; init; }
}

/// <summary>A report that takes the place of the one before, which goes to the history.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Report">As it stands from now on.</param>
/// <param name="Rejudged">Only judgements changed: the revision and the history stay.</param>
public sealed record ReportWrite(ReportKey Key, StoredReport Report, bool Rejudged = false)
{
    /// <summary>Set where the report is taken back.</summary>
    public Withdrawal? Withdrawal { get; init; }

    /// <summary>Set where the centre decided which bureau's report counts, or took such a decision back.</summary>
    public ReportChoice? Choice { get; init; }
}

/// <summary>Who decided which bureau's report counts, and why.</summary>
/// <param name="Bureau">The bureau; empty: whichever is nearest again.</param>
/// <param name="DecidedBy">Who.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportChoice")]
public sealed record ReportChoice([property: Id(0)] string Bureau, [property: Id(1)] string DecidedBy, [property: Id(2)] string Reason);

/// <summary>Who took a report back, and why.</summary>
public sealed record Withdrawal(string Bureau, string Reason);

/// <summary>A supplier as it was when lines were judged by it.</summary>
public readonly record struct SupplierVersion(string Supplier, long ProfileVersion);

/// <summary>A new industrial estate.</summary>
public sealed record EstateChange(Estate Estate) : Change;

/// <summary>An industrial estate as it is from now on, in the place of the version before; another one fails the change.</summary>
public sealed record EstateUpdated(Estate Estate) : Change;

/// <summary>The answer to one batch of a submission.</summary>
public sealed record ReceiptChange(string Bureau, string Submission, BatchReceipt Receipt) : Change;

/// <summary>A new submission.</summary>
public sealed record SubmissionCreated(string Bureau, string Submission, string? Sha256) : Change;

/// <summary>A submission that takes no more rows.</summary>
public sealed record SubmissionFinalized(string Bureau, string Submission, long Rows) : Change;

/// <summary>A submission that is taken back from now on, and takes no more rows.</summary>
public sealed record SubmissionWithdrawn(string Bureau, string Submission, string By, string Reason) : Change;

/// <summary>Rows of a withdrawn submission were looked at.</summary>
/// <param name="Bureau">Whose it is.</param>
/// <param name="Submission">Its id.</param>
/// <param name="FromRow">Where the withdrawal stood; another place fails the change.</param>
/// <param name="NextRow">Where it stands now.</param>
/// <param name="Reports">Reports among these rows that are taken back.</param>
/// <param name="Finished">There are no more.</param>
public sealed record WithdrawalProgressed(string Bureau, string Submission, long FromRow, long NextRow, long Reports, bool Finished) : Change;

/// <summary>Rows may have been stored while a submission was taken back: all of it is looked at again.</summary>
public sealed record WithdrawalRestarted(string Bureau, string Submission) : Change;

/// <summary>A month of a feed that is over.</summary>
public sealed record PeriodClosed(Feed Feed, Month Period, string ClosedBy) : Change;

/// <summary>A rate: units of <paramref name="Target"/> per unit of <paramref name="Currency"/>.</summary>
public sealed record ExchangeRateSet(string Currency, string Target, Month Period, double Rate) : Change;

/// <summary>A region's own threshold, or none (null) to take the one from above.</summary>
public sealed record AlertPolicySet(string Region, string Policy, double? Threshold, string DecidedBy, string Reason) : Change;

/// <summary>An industrial estate or development zone.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Estate")]
public sealed record Estate
{
    [Id(0)] public required string Id { get; init; }

    /// <summary>Region it lies in; never changes.</summary>
    [Id(1)] public required string Region { get; init; }

    [Id(2)] public string NameZh { get; init; } = "";

    [Id(3)] public string NameEn { get; init; } = "";

    /// <summary>Month from which it exists.</summary>
    [Id(4)] public required Month ValidFrom { get; init; }

    [Id(5)] public EstateRank Rank { get; init; }

    /// <summary>1, 2, 3, …</summary>
    [Id(6)] public long Version { get; init; } = 1;

    /// <summary>First month in which it exists no more; null: it exists.</summary>
    [Id(7)] public Month? ClosedFrom { get; init; }
}

/// <summary>Who approved an estate.</summary>
public enum EstateRank : byte
{
    Unspecified = 0,
    Nation = 1,
    Province = 2,
    Local = 3,
}
