using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClusterPulse.Facts;

namespace ClusterPulse.Ingest;

/// <summary>A report on its way to its enterprise: checked as far as it can be without the enterprise.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportRow")]
public sealed record ReportRow
{
    /// <summary>Absolute row of the submission.</summary>
    [Id(0)] public required long Row { get; init; }

    [Id(1)] public required string Enterprise { get; init; }

    [Id(2)] public required ReportKey Key { get; init; }

    /// <summary>0: none was given.</summary>
    [Id(3)] public int Revision { get; init; }

    [Id(4)] public required ReportContent Content { get; init; }

    /// <summary>Warnings found so far.</summary>
    [Id(5)] public ImmutableArray<Violation> Warnings { get; init; } = [];

    /// <summary>Codes of the regions whose enterprises the sender may write about, joined by commas; null: all.</summary>
    [Id(20)] public string? Divisions { get; init; }
}

/// <summary>A profile on its way to its enterprise.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ProfileRow")]
public sealed record ProfileRow
{
    [Id(0)] public required long Row { get; init; }

    [Id(1)] public required string Enterprise { get; init; }

    [Id(2)] public required Profile Profile { get; init; }

    [Id(3)] public ImmutableArray<Violation> Warnings { get; init; } = [];

    /// <inheritdoc cref="ReportRow.Divisions"/>
    [Id(20)] public string? Divisions { get; init; }
}

/// <summary>A profile, or some fields of it, on its way to its enterprise.</summary>
/// <param name="Row">The row; only the named fields of its profile count.</param>
/// <param name="Fields">Fields to take over; empty: all.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ProfileChange")]
public sealed record ProfileChange([property: Id(0)] ProfileRow Row, [property: Id(1)] ImmutableArray<string> Fields)
{
    /// <summary>Whether a silo of a build that knows whole profiles only, and neither sizes nor successors, can take it.</summary>
    public bool IsPlain => Fields.IsEmpty && Row.Profile is { Size: EnterpriseSize.Unspecified, Successor: null };
}

/// <summary>Rows of one batch for the enterprises of one silo.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportBatch")]
public sealed record ReportBatch(
    [property: Id(0)] string Bureau, [property: Id(1)] string Submission, [property: Id(2)] ImmutableArray<ReportRow> Rows);

/// <summary>A batch that is all of its submission, and whose rows are for one enterprise.</summary>
/// <param name="Bureau">Who sends.</param>
/// <param name="Submission">Not yet there, as far as is known.</param>
/// <param name="Rows">Rows that the gateway did not reject.</param>
/// <param name="Count">All rows.</param>
/// <param name="Rejected">What became of the others.</param>
/// <param name="RowsSha256">See <see cref="BatchReceipt.RowsSha256"/>.</param>
/// <param name="Sender">See <see cref="BatchReceipt.Sender"/>.</param>
[GenerateSerializer, Immutable, Alias("ClusterPulse.WholeSubmission")]
public sealed record WholeSubmission(
    [property: Id(0)] string Bureau,
    [property: Id(1)] string Submission,
    [property: Id(2)] ImmutableArray<ReportRow> Rows,
    [property: Id(3)] int Count,
    [property: Id(4)] IngestAnswer Rejected,
    [property: Id(5)] string? RowsSha256,
    [property: Id(6)] string? Sender);

/// <summary>What became of rows. Every row has its outcome; only those that are not plain have a result.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.IngestAnswer")]
public sealed record IngestAnswer
{
    public static readonly IngestAnswer Empty = new();

    [Id(0)] public int Accepted { get; init; }

    [Id(1)] public int Duplicate { get; init; }

    [Id(2)] public int Revised { get; init; }

    [Id(3)] public int Rejected { get; init; }

    [Id(4)] public int Warned { get; init; }

    [Id(5)] public ImmutableArray<RowResult> Rows { get; init; } = [];

    /// <summary>Writer and sequence of the newest commit; 0, 0 where nothing was stored.</summary>
    [Id(6)] public int Writer { get; init; }

    [Id(7)] public long Sequence { get; init; }
}

/// <summary>Collects outcomes of rows.</summary>
public sealed class AnswerBuilder
{
    // Most rows are plain, and each enterprise has a builder of its own: what is rare is made when it is needed.
    private ImmutableArray<RowResult>.Builder? _rows;
    private Dictionary<int, long>? _commits;
    private int _accepted;
    private int _duplicate;
    private int _revised;
    private int _rejected;
    private int _warned;

    /// <summary>Newest commit of each writer.</summary>
    public IReadOnlyDictionary<int, long> Commits => (IReadOnlyDictionary<int, long>?)_commits ?? ImmutableDictionary<int, long>.Empty;

    public void Add(long row, RowOutcome outcome, ImmutableArray<Violation> violations, ImmutableArray<Violation> warnings)
    {
        switch (outcome)
        {
            case RowOutcome.Accepted: _accepted++; break;
            case RowOutcome.Duplicate: _duplicate++; break;
            case RowOutcome.Revised: _revised++; break;
            default: _rejected++; break;
        }
        if (warnings.Length > 0)
            _warned++;
        if (outcome != RowOutcome.Accepted || warnings.Length > 0)
            (_rows ??= ImmutableArray.CreateBuilder<RowResult>()).Add(new(row, outcome, violations, warnings));
    }

    public void Add(IngestAnswer answer)
    {
        _accepted += answer.Accepted;
        _duplicate += answer.Duplicate;
        _revised += answer.Revised;
        _rejected += answer.Rejected;
        _warned += answer.Warned;
        if (!answer.Rows.IsEmpty)
            (_rows ??= ImmutableArray.CreateBuilder<RowResult>()).AddRange(answer.Rows);
        Committed(answer.Writer, answer.Sequence);
    }

    public void Committed(int writer, long sequence)
    {
        if (sequence <= 0)
            return;
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_commits ??= [], writer, out _);
        newest = Math.Max(newest, sequence);
    }

    public IngestAnswer ToAnswer()
    {
        var newest = _commits is null ? default : _commits.MaxBy(c => c.Value);
        return new()
        {
            Accepted = _accepted,
            Duplicate = _duplicate,
            Revised = _revised,
            Rejected = _rejected,
            Warned = _warned,
            Rows = _rows?.ToImmutable() ?? [],
            Writer = newest.Key,
            Sequence = newest.Value,
        };
    }

    /// <summary>The durable answer to a batch, rows in order.</summary>
    public BatchReceipt ToReceipt(long offset, int count, DateTimeOffset now)
    {
        _rows?.Sort((a, b) => a.Row.CompareTo(b.Row));
        return new()
        {
            Offset = offset,
            Count = count,
            Accepted = _accepted,
            Duplicate = _duplicate,
            Revised = _revised,
            Rejected = _rejected,
            Warned = _warned,
            Rows = _rows?.ToImmutable() ?? [],
            CommitTime = now,
            CommitToken = Ingest.CommitToken.Format(Commits),
        };
    }
}

/// <summary>What a reader gives to see at least its own writes: <c>writer:sequence</c>, joined by commas.</summary>
public static class CommitToken
{
    public static string Format(IReadOnlyDictionary<int, long> commits) =>
        string.Join(',', commits.OrderBy(c => c.Key).Select(c => Format(c.Key, c.Value)));

    public static string Format(int writer, long sequence) => FormattableString.Invariant($"{writer}:{sequence}");

    public static bool TryParse(string token, out ImmutableDictionary<int, long> commits)
    {
        var builder = ImmutableDictionary.CreateBuilder<int, long>();
        commits = ImmutableDictionary<int, long>.Empty;
        foreach (var part in token.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf(':', StringComparison.Ordinal);
            if (at < 0 || !int.TryParse(part.AsSpan(0, at), out var writer) || !long.TryParse(part.AsSpan(at + 1), out var sequence))
                return false;
            builder[writer] = sequence;
        }
        commits = builder.ToImmutable();
        return true;
    }
}
