using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Google.Protobuf.Collections;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Stores the rows of a batch from <paramref name="skip"/> on and records their receipt at <paramref name="offset"/>.</summary>
public delegate Task<BatchReceipt> StoreRows<TRow>(long offset, RepeatedField<TRow> rows, int skip);

/// <summary>How a batch was taken.</summary>
public enum Taken
{
    /// <summary>At least some of it was new.</summary>
    Stored,

    /// <summary>All of it was durable: answered again.</summary>
    Replayed,

    /// <summary>Rows before it are missing.</summary>
    Beyond,

    /// <summary>The submission takes no more rows.</summary>
    Closed,
}

/// <summary>
/// Batches of one submission by their absolute offsets: what is durable is answered again whatever its grouping, what follows on
/// it is stored, what leaves a gap is refused. Another stream, or another gateway, may feed the same submission: then the stored
/// offset decides.
/// </summary>
public sealed class SubmissionIntake<TRow>(ISubmissionGrain submission, StoreRows<TRow> store)
{
    /// <summary>A batch is decided on anew this often when another stream comes between.</summary>
    private const int MostAttempts = 5;

    private bool _open;
    private BatchReceipt? _last;

    /// <summary>Rows that are durable.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Reads where the submission stands.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> RefreshAsync()
    {
        if (await submission.GetAsync() is not { } stored)
            return false;
        (NextOffset, _open, _last) = (stored.NextOffset, stored.State == SubmissionState.Open, stored.LastReceipt);
        return true;
    }

    /// <summary>Takes a batch.</summary>
    /// <returns>The receipt where it was stored or replayed.</returns>
    public async Task<(Taken Taken, BatchReceipt? Receipt)> TakeAsync(long offset, RepeatedField<TRow> rows)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (offset > NextOffset)
                await RefreshAsync();
            if (offset < 0 || offset > NextOffset)
                return (Taken.Beyond, null);
            var end = offset + rows.Count;
            var parts = await DurableAsync(offset, Math.Min(end, NextOffset));
            if (end <= NextOffset)
                return (Taken.Replayed, parts.Count == 0 ? ReceiptParts.Duplicates(offset, offset, _last) : ReceiptParts.Join(parts));
            if (!_open)
                return (Taken.Closed, null);
            var skip = (int)(NextOffset - offset);
            BatchReceipt stored;
            try
            {
                stored = await store(NextOffset, rows, skip);
            }
            catch (InvalidOperationException) when (attempt < MostAttempts)
            {
                // It does not stand there any more. Rows that were stored all the same come out as duplicates.
                await RefreshAsync();
                continue;
            }
            (NextOffset, _last) = (stored.Offset + stored.Count, stored);
            // Another stream's receipt, cut otherwise, came first: the rest is decided on from there.
            if (NextOffset < end && attempt < MostAttempts)
                continue;
            parts.Add(ReceiptParts.Before(stored, end));
            return (Taken.Stored, ReceiptParts.Join(parts));
        }
    }

    private async Task<List<BatchReceipt>> DurableAsync(long from, long to)
    {
        var parts = new List<BatchReceipt>(1);
        while (from < to)
        {
            if (await submission.FindReceiptAsync(from) is not { Count: > 0 } receipt)
            {
                parts.Add(ReceiptParts.Duplicates(from, to, _last));
                break;
            }
            parts.Add(ReceiptParts.Before(receipt, to));
            from += receipt.Count;
        }
        return parts;
    }
}
