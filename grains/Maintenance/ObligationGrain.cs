using System.Collections.Immutable;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Reference;
using ClusterPulse.Registry;
using Orleans.Concurrency;

namespace ClusterPulse.Maintenance;

/// <summary>See <see cref="IObligationGrain"/>: enterprises of the region, chunk by chunk, with what they reported in the month and in
/// the twelve before.</summary>
[StatelessWorker]
[GrainType("obligation")]
public sealed class ObligationGrain(IFactStore store, ReferenceData reference, SharedTablesSource tables, ReportingCalendar calendar)
    : Grain, IObligationGrain
{
    private const int Chunk = 1_000;

    public async Task<ObligationPage> ListAsync(ObligationQuery query)
    {
        var rows = ImmutableArray.CreateBuilder<Obligation>();
        await foreach (var (enterprise, owed) in OwedAsync(query))
        {
            rows.AddRange(owed.Where(o => query.States.IsEmpty ? IsMissing(o.State) : query.States.Contains(o.State)));
            if (rows.Count >= query.Limit)
                return new(rows.ToImmutable(), enterprise);
        }
        return new(rows.ToImmutable(), null);
    }

    public async Task<ImmutableArray<ObligationCount>> CountAsync(ObligationQuery query)
    {
        var rules = Rules;
        var counts = Feeds(query).ToDictionary(f => f, f => new ObligationCount
        {
            Feed = f,
            Due = rules.DueDay(f, query.Period),
            Grace = rules.GraceDay(f, query.Period),
            NotExpected = !rules.Expects(f, query.Period),
        });
        await foreach (var (_, owed) in OwedAsync(query))
        {
            foreach (var obligation in owed)
            {
                var count = counts[obligation.Feed];
                counts[obligation.Feed] = count with
                {
                    Owed = count.Owed + 1,
                    Reported = count.Reported + (IsMissing(obligation.State) ? 0 : 1),
                    Nil = count.Nil + (obligation.State == ObligationState.Nil ? 1 : 0),
                };
            }
        }
        return [.. counts.Values];
    }

    private CalendarRules Rules => tables.Current.Calendar ?? calendar.Configured;

    private async IAsyncEnumerable<(string Enterprise, List<Obligation> Owed)> OwedAsync(ObligationQuery query)
    {
        var rules = Rules;
        var book = new ObligationBook(tables.Current.ObligationRules, IsIn);
        var regions = reference.Regions.CodesIn(query.Region);
        var feeds = Feeds(query).Where(f => rules.Expects(f, query.Period)).ToList();
        var after = query.After;
        while (feeds.Count > 0)
        {
            var chunk = await store.ListEnterprisesAsync(
                new() { Region = query.Region, Period = query.Period, After = after, Limit = Chunk }, regions, CancellationToken.None);
            if (chunk.Count == 0)
                yield break;
            var filings = (await store.ListFilingsAsync(
                [.. chunk.Select(e => e.Id)], query.Period - ObligationBook.LookBack, query.Period, CancellationToken.None)).ToLookup(f => (f.Enterprise, f.Feed));
            foreach (var enterprise in chunk)
            {
                var owed = new List<Obligation>();
                foreach (var feed in feeds)
                {
                    if (Of(enterprise, feed, filings[(enterprise.Id, feed)]) is { } obligation)
                        owed.Add(obligation);
                }
                if (owed.Count > 0)
                    yield return (enterprise.Id, owed);
            }
            after = chunk[^1].Id;
        }

        Obligation? Of(EnterpriseView enterprise, Feed feed, IEnumerable<Filing> filings)
        {
            Filing? now = null;
            Month? last = null;
            foreach (var filing in filings)
            {
                if (filing.Period == query.Period)
                    now = filing;
                else if (last is not { } newest || filing.Period > newest)
                    last = filing.Period;
            }
            var ground = book.Of(enterprise.Id, enterprise.Profile, feed, query.Period, last is not null);
            return !ground.Owes ? null : new()
            {
                Enterprise = enterprise.Id,
                NameZh = enterprise.Profile.NameZh,
                NameEn = enterprise.Profile.NameEn,
                Region = enterprise.Profile.Region,
                Feed = feed,
                State = now is null ? Missing(rules, feed, query.Period) : now.Nil ? ObligationState.Nil : ObligationState.Reported,
                Rule = ground.Rule,
                LastReported = last,
                Due = rules.DueDay(feed, query.Period),
                ReportedAt = now?.CommittedAt,
            };
        }
    }

    private ObligationState Missing(CalendarRules rules, Feed feed, Month period)
    {
        var today = calendar.Today;
        return today > rules.GraceDay(feed, period) ? ObligationState.Overdue
            : today > rules.DueDay(feed, period) ? ObligationState.Late
            : ObligationState.Open;
    }

    private bool IsIn(string region, string ancestor) =>
        reference.Regions.TryGet(region, out var inner) && reference.Regions.TryGet(ancestor, out var outer) && inner.IsIn(outer);

    private static bool IsMissing(ObligationState state) => state is ObligationState.Open or ObligationState.Late or ObligationState.Overdue;

    private static IEnumerable<Feed> Feeds(ObligationQuery query) => query.Feeds.IsEmpty ? VocabularyWords.Feeds : query.Feeds.Distinct().Order();
}
