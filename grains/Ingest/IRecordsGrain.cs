using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Placement;

namespace ClusterPulse.Ingest;

/// <summary>Reads what bureaus sent: submissions, receipts, and reports with their history. Its key is 0; any silo answers.</summary>
[Alias("ClusterPulse.IRecordsGrain")]
public interface IRecordsGrain : IGrainWithIntegerKey
{
    /// <summary>A bureau's submissions, the newest first, without their last receipt.</summary>
    [Alias("ListSubmissions"), SafeToRepeat]
    Task<ImmutableArray<Submission>> ListSubmissionsAsync(SubmissionQuery query);

    /// <summary>Receipts by submission and offset.</summary>
    [Alias("ListReceipts"), SafeToRepeat]
    Task<ImmutableArray<SubmissionReceipt>> ListReceiptsAsync(ReceiptQuery query);

    /// <summary>Reports of an enterprise by feed, period and revision.</summary>
    [Alias("ListReports"), SafeToRepeat]
    Task<ImmutableArray<ReportRecord>> ListReportsAsync(ReportQuery query);
}

/// <summary>Which submissions of a bureau.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SubmissionQuery")]
public sealed record SubmissionQuery
{
    [Id(0)] public required string Bureau { get; init; }

    /// <summary>Null: any.</summary>
    [Id(1)] public SubmissionState? State { get; init; }

    /// <summary>Go on with those that are older than the submission of this moment and id; null: from the newest.</summary>
    [Id(2)] public DateTimeOffset? BeforeCreated { get; init; }

    [Id(3)] public string BeforeId { get; init; } = "";

    [Id(4)] public int Limit { get; init; } = 100;
}

/// <summary>Which receipts of a bureau.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReceiptQuery")]
public sealed record ReceiptQuery
{
    [Id(0)] public required string Bureau { get; init; }

    /// <summary>Null: of all its submissions.</summary>
    [Id(1)] public string? Submission { get; init; }

    /// <summary>Go on with the receipts from this submission and offset on.</summary>
    [Id(2)] public string FromSubmission { get; init; } = "";

    [Id(3)] public long FromOffset { get; init; }

    /// <summary>Only those with rejected rows.</summary>
    [Id(4)] public bool Rejected { get; init; }

    /// <summary>Those with warned rows too, where only those with rejected ones are asked for.</summary>
    [Id(5)] public bool Warned { get; init; }

    /// <summary>With their rows.</summary>
    [Id(6)] public bool WithRows { get; init; }

    [Id(7)] public int Limit { get; init; } = 100;
}

/// <summary>A receipt, and whose it is.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SubmissionReceipt")]
public sealed record SubmissionReceipt(
    [property: Id(0)] string Bureau, [property: Id(1)] string Submission, [property: Id(2)] BatchReceipt Receipt);

/// <summary>Which reports of an enterprise.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportQuery")]
public sealed record ReportQuery
{
    [Id(0)] public required string Enterprise { get; init; }

    /// <summary>Null: any.</summary>
    [Id(1)] public Feed? Feed { get; init; }

    /// <summary>First month; null: since ever.</summary>
    [Id(2)] public Month? Since { get; init; }

    /// <summary>Last month; null: until now.</summary>
    [Id(3)] public Month? Until { get; init; }

    /// <summary>What was stored by then; null: by now.</summary>
    [Id(4)] public DateTimeOffset? AsOf { get; init; }

    /// <summary>All revisions, and not only the newest of each report.</summary>
    [Id(5)] public bool AllRevisions { get; init; }

    /// <summary>Go on after this feed's word, month and revision; empty: from the first.</summary>
    [Id(6)] public string AfterFeed { get; init; } = "";

    [Id(7)] public string AfterPeriod { get; init; } = "";

    [Id(8)] public int AfterRevision { get; init; }

    [Id(9)] public int Limit { get; init; } = 100;

    /// <summary>With <see cref="AfterRevision"/>: go on after the revision that this bureau sent and that was set aside; empty: after the
    /// one that counts, or counted.</summary>
    [Id(10)] public string AfterAside { get; init; } = "";

    /// <summary>The same, from the revision after one on.</summary>
    public ReportQuery After(ReportRecord last) => this with
    {
        AfterFeed = last.Key.Feed.Word(),
        AfterPeriod = last.Key.Period.ToString(),
        AfterRevision = last.Revision,
        AfterAside = last.SetAside ? last.Origin.Bureau : "",
    };
}

/// <summary>One revision of a report, when it was stored, and until when it counted.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportRecord")]
public sealed record ReportRecord
{
    [Id(0)] public required ReportKey Key { get; init; }

    [Id(1)] public required int Revision { get; init; }

    [Id(2)] public required ReportContent Content { get; init; }

    [Id(3)] public required ReportOrigin Origin { get; init; }

    [Id(4)] public required DateTimeOffset Committed { get; init; }

    /// <summary>When another took its place, or it was taken back; null: never.</summary>
    [Id(5)] public DateTimeOffset? Replaced { get; init; }

    /// <summary>The bureau that took it back; null: none did.</summary>
    [Id(6)] public string? WithdrawnBy { get; init; }

    [Id(7)] public string? WithdrawReason { get; init; }

    /// <summary>It never counted: another bureau's report did. Its revision counts for its bureau alone.</summary>
    [Id(8)] public bool SetAside { get; init; }

    /// <inheritdoc cref="StoredReport.Standing"/>
    [Id(9)] public int Standing { get; init; }

    /// <inheritdoc cref="StoredReport.Chosen"/>
    [Id(10)] public bool Chosen { get; init; }

    /// <summary>The decision that this revision came by; null: it came by a row.</summary>
    [Id(11)] public ReportChoice? Choice { get; init; }
}
