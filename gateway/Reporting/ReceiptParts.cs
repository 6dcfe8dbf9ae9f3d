using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Cuts receipts and joins them, for a sender that groups rows otherwise than it did before. Pure.</summary>
internal static class ReceiptParts
{
    /// <summary>What a receipt says of its rows before <paramref name="end"/>.</summary>
    public static BatchReceipt Before(BatchReceipt receipt, long end)
    {
        if (receipt.Offset + receipt.Count <= end)
            return receipt;
        ImmutableArray<RowResult> rows = [.. receipt.Rows.Where(r => r.Row < end)];
        var count = (int)(end - receipt.Offset);
        // Only rows that are not plain are named, so the rest were accepted.
        var (duplicate, revised, rejected) = (Count(RowOutcome.Duplicate), Count(RowOutcome.Revised), Count(RowOutcome.Rejected));
        return receipt with
        {
            Count = count,
            Accepted = count - duplicate - revised - rejected,
            Duplicate = duplicate,
            Revised = revised,
            Rejected = rejected,
            Warned = rows.Count(r => r.Warnings.Length > 0),
            Rows = rows,
            RowsSha256 = null,
        };

        int Count(RowOutcome outcome) => rows.Count(r => r.Outcome == outcome);
    }

    /// <summary>Durable rows whose receipt began elsewhere.</summary>
    public static BatchReceipt Duplicates(long from, long to, BatchReceipt? last) => new()
    {
        Offset = from,
        Count = (int)(to - from),
        Duplicate = (int)(to - from),
        Rows = [.. Enumerable.Range(0, (int)(to - from)).Select(i => new RowResult(from + i, RowOutcome.Duplicate, [], []))],
        CommitTime = last?.CommitTime ?? default,
        CommitToken = last?.CommitToken ?? "",
    };

    /// <summary>One receipt for rows that follow on each other.</summary>
    public static BatchReceipt Join(IReadOnlyList<BatchReceipt> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        var commits = new Dictionary<int, long>();
        foreach (var part in parts)
        {
            if (!CommitToken.TryParse(part.CommitToken, out var own))
                continue;
            foreach (var (writer, sequence) in own)
                commits[writer] = Math.Max(commits.GetValueOrDefault(writer), sequence);
        }
        return new()
        {
            Offset = parts[0].Offset,
            Count = parts.Sum(p => p.Count),
            Accepted = parts.Sum(p => p.Accepted),
            Duplicate = parts.Sum(p => p.Duplicate),
            Revised = parts.Sum(p => p.Revised),
            Rejected = parts.Sum(p => p.Rejected),
            Warned = parts.Sum(p => p.Warned),
            Rows = [.. parts.SelectMany(p => p.Rows)],
            CommitTime = parts.Max(p => p.CommitTime),
            CommitToken = CommitToken.Format(commits),
        };
    }
}
