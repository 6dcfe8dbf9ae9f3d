using ClusterPulse.Facts;

namespace ClusterPulse.Enterprises;

/// <summary>Reads what bureaus reported before, whether it counted or not.</summary>
public sealed class ReportHistory(IFactStore store)
{
    private const int Page = 1_000;

    /// <summary>A bureau's last report that it did not take back, as it was stored; null where it has none.</summary>
    public async ValueTask<StoredReport?> LastOfAsync(string enterprise, ReportKey key, string bureau)
    {
        var own = new List<Ingest.ReportRecord>();
        Ingest.ReportQuery? query = new() { Enterprise = enterprise, Feed = key.Feed, Since = key.Period, Until = key.Period, AllRevisions = true, Limit = Page };
        while (query is not null)
        {
            var page = await store.ListReportsAsync(query, CancellationToken.None);
            own.AddRange(page.Where(r => r.Origin.Bureau == bureau && r.WithdrawnBy is null));
            query = page.Count < Page ? null : query.After(page[^1]);
        }
        foreach (var record in own.OrderByDescending(r => r.Committed).ThenByDescending(r => r.Revision))
        {
            // A revision that another one had replaced before its submission was taken back bears no mark of that.
            if (await store.FindSubmissionAsync(bureau, record.Origin.Submission, CancellationToken.None) is { State: SubmissionState.Withdrawn })
                continue;
            return new()
            {
                Revision = record.Revision,
                Content = record.Content,
                Origin = record.Origin,
                ContentHash = ContentHash.Of(record.Content),
                Standing = record.Standing,
            };
        }
        return null;
    }
}
