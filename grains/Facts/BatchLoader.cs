namespace ClusterPulse.Facts;

/// <summary>Turns many lookups of one value each, made at about the same time, into few queries: activating ten thousand
/// grains must not mean ten thousand queries.</summary>
/// <typeparam name="TValue">What is looked up by id.</typeparam>
public sealed class BatchLoader<TValue>(
    Func<IReadOnlyCollection<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, TValue>>> query, int largest = 500)
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Queue<(string Id, TaskCompletionSource<TValue?> Done)> _waiting = new();
    private bool _running;

    /// <summary>Null where there is none.</summary>
    public Task<TValue?> LoadAsync(string id)
    {
        var done = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((id, done));
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync);
            }
        }
        return done.Task;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var batch = new Dictionary<string, List<TaskCompletionSource<TValue?>>>(StringComparer.Ordinal);
            lock (_gate)
            {
                while (batch.Count < largest && _waiting.TryDequeue(out var item))
                {
                    if (!batch.TryGetValue(item.Id, out var same))
                        batch.Add(item.Id, same = []);
                    same.Add(item.Done);
                }
                if (batch.Count == 0)
                {
                    _running = false;
                    return;
                }
            }
            try
            {
                var found = await query(batch.Keys, CancellationToken.None);
                foreach (var (id, waiting) in batch)
                {
                    var value = found.GetValueOrDefault(id);
                    foreach (var done in waiting)
                        done.SetResult(value);
                }
            }
            catch (Exception e)
            {
                // Each caller gets it; the loader serves the next.
                foreach (var done in batch.Values.SelectMany(w => w))
                    done.SetException(e);
            }
        }
    }
}
