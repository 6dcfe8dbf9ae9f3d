using System.Collections.Immutable;

namespace ClusterPulse.Facts;

/// <summary>What became of one row.</summary>
public enum RowOutcome : byte
{
    Accepted = 1,
    Duplicate = 2,
    Revised = 3,
    Rejected = 4,
}

/// <summary>Something wrong, or odd, about one field of one row.</summary>
/// <param name="Field">Path of the field.</param>
/// <param name="Value">What was sent.</param>
/// <param name="Reason">Name from the catalogue, <see cref="Ingest.Reasons"/>.</param>
/// <param name="Detail">What the rule's text is completed with; may be empty.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Violation")]
public sealed record Violation(
    [property: Id(0)] string Field, [property: Id(1)] string Value, [property: Id(2)] string Reason, [property: Id(3)] string Detail = "");

/// <summary>A row that was not plainly accepted.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.RowResult")]
public sealed record RowResult(
    [property: Id(0)] long Row,
    [property: Id(1)] RowOutcome Outcome,
    [property: Id(2)] ImmutableArray<Violation> Violations,
    [property: Id(3)] ImmutableArray<Violation> Warnings);

/// <summary>The durable answer to one batch.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.BatchReceipt")]
public sealed record BatchReceipt
{
    /// <summary>Rows before the batch.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>Rows of the batch.</summary>
    [Id(1)] public required int Count { get; init; }

    [Id(2)] public int Accepted { get; init; }

    [Id(3)] public int Duplicate { get; init; }

    [Id(4)] public int Revised { get; init; }

    [Id(5)] public int Rejected { get; init; }

    [Id(6)] public int Warned { get; init; }

    /// <summary>Rows that were not plainly accepted.</summary>
    [Id(7)] public ImmutableArray<RowResult> Rows { get; init; } = [];

    [Id(8)] public DateTimeOffset CommitTime { get; init; }

    /// <summary>Newest commit of the batch's rows, <c>writer:sequence</c> of each writer, joined by commas.</summary>
    [Id(9)] public string CommitToken { get; init; } = "";

    /// <summary>SHA-256 of the rows as they came, hexadecimal; null where the receipt is cut, joined, or of a build before.</summary>
    [Id(10)] public string? RowsSha256 { get; init; }

    /// <summary>The caller's name as the gateway knows it; null where callers need not say who they are.</summary>
    [Id(11)] public string? Sender { get; init; }
}

/// <summary>State of a submission.</summary>
public enum SubmissionState : byte
{
    Open = 1,
    Finalized = 2,
    Withdrawn = 3,
}

/// <summary>One file, or one run of a bureau's program.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Submission")]
public sealed record Submission
{
    [Id(0)] public required string Bureau { get; init; }

    [Id(1)] public required string Id { get; init; }

    [Id(2)] public SubmissionState State { get; init; } = SubmissionState.Open;

    /// <summary>Rows that are durable.</summary>
    [Id(3)] public long NextOffset { get; init; }

    [Id(4)] public long Accepted { get; init; }

    [Id(5)] public long Duplicate { get; init; }

    [Id(6)] public long Revised { get; init; }

    [Id(7)] public long Rejected { get; init; }

    [Id(8)] public long Warned { get; init; }

    [Id(9)] public string? Sha256 { get; init; }

    [Id(10)] public DateTimeOffset Created { get; init; }

    [Id(11)] public DateTimeOffset? Finalized { get; init; }

    [Id(12)] public BatchReceipt? LastReceipt { get; init; }

    /// <summary>Null where it is not withdrawn.</summary>
    [Id(13)] public SubmissionWithdrawal? Withdrawal { get; init; }
}

/// <summary>How far the taking back of a submission has come: row by row, and from the first again where rows may have come in between.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SubmissionWithdrawal")]
public sealed record SubmissionWithdrawal
{
    /// <summary>The bureau.</summary>
    [Id(0)] public required string By { get; init; }

    [Id(1)] public required string Reason { get; init; }

    [Id(2)] public DateTimeOffset Started { get; init; }

    /// <summary>Null: it is under way.</summary>
    [Id(3)] public DateTimeOffset? Finished { get; init; }

    /// <summary>Reports of the submission that are taken back so far.</summary>
    [Id(4)] public long Reports { get; init; }

    /// <summary>Rows before this one have been looked at.</summary>
    [Id(5)] public long NextRow { get; init; }
}

/// <summary>A report that counts, or counted until it was taken back, by a row of a submission.</summary>
public readonly record struct SubmittedReport(long Row, string Enterprise, ReportKey Key);
