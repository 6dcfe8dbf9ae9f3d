namespace ClusterPulse.Cli.Sending;

/// <summary>
/// Batches that are sent and not answered yet, oldest first. They are kept until they are answered, and sent again in the same cut
/// after a break: so memory is bounded by their number, and no answer is lost with a connection.
/// </summary>
/// <param name="most">Batches at the same time, 1 and up.</param>
internal sealed class SendWindow(int most) : IDisposable
{
    private readonly Queue<SendBatch> _unanswered = new();
    private readonly SemaphoreSlim _room = new(most);

    /// <summary>Batches that were answered.</summary>
    public long Answers { get; private set; }

    /// <summary>What waits for an answer.</summary>
    public IReadOnlyList<SendBatch> Unanswered
    {
        get
        {
            lock (_unanswered)
                return [.. _unanswered];
        }
    }

    /// <summary>Waits until there is room for one more.</summary>
    public Task RoomAsync(CancellationToken cancellation) => _room.WaitAsync(cancellation);

    /// <summary>Takes the room that was waited for.</summary>
    public void Add(SendBatch batch)
    {
        lock (_unanswered)
            _unanswered.Enqueue(batch);
    }

    /// <summary>The oldest is answered.</summary>
    /// <param name="offset">Offset of the batch that the server answered.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="InvalidOperationException">It is not the oldest.</exception>
    public SendBatch Answer(long offset)
    {
        lock (_unanswered)
        {
            if (!_unanswered.TryPeek(out var batch) || batch.Offset != offset)
                throw new InvalidOperationException($"The server answered a batch at row {offset}, but the oldest is at {batch?.Offset ?? -1}.");
            _unanswered.Dequeue();
            Answers++;
            _room.Release();
            return batch;
        }
    }

    public void Dispose() => _room.Dispose();
}
