using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>What the server said of rows that an earlier run had sent, in the order of the rows, a page in memory at a time.</summary>
/// <param name="list">Asks for a page.</param>
/// <param name="submission">Name of the submission.</param>
internal sealed class EarlierRejections(Func<ListRejectionsRequest, Task<ListRejectionsResponse>> list, string submission)
{
    private const int Page = 1_000;

    private readonly Queue<RowResult> _page = new();
    private string? _token = "";

    /// <summary>What was said of a row; null: nothing. Rows are asked for in their order.</summary>
    public async ValueTask<RowResult?> FindAsync(long row)
    {
        while (true)
        {
            while (_page.TryPeek(out var first) && first.Row < row)
                _page.Dequeue();
            if (_page.TryPeek(out var next))
                return next.Row == row ? _page.Dequeue() : null;
            if (_token is null)
                return null;
            var answer = await list(new() { Parent = submission, ShowWarned = true, PageSize = Page, PageToken = _token });
            foreach (var rejection in answer.Rejections)
                _page.Enqueue(rejection.Result);
            _token = answer.NextPageToken.Length > 0 ? answer.NextPageToken : null;
        }
    }
}
