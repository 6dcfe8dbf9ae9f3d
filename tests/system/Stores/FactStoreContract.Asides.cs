using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Stores;

/// <content>Reports of several bureaus: those that count, those set aside, and the centre's decisions.</content>
public abstract partial class FactStoreContract
{
    [Fact]
    public async Task How_near_the_sender_is_and_who_was_chosen_is_loaded_again_and_goes_to_the_history()
    {
        var draft = Registered("org-1");
        draft.Write(new(Output, Report(1, 100, "3205", "s1", 7) with { Standing = 3 }));
        await CommitAsync(draft.ToChange());
        await ChangeAsync(d => d.Write(new(Output, Report(2, 200, "32", "s2", 8) with { Standing = 2, Chosen = true }) { Choice = new("32", "centre", "why") }));
        var chosen = await StateAsync();
        await ChangeAsync(d => d.Write(new(Output, Report(3, 200, "32", "s2", 8) with { Standing = 2 }) { Choice = new("", "other", "over") }));
        await ChangeAsync(d => d.Write(new(Output, Report(4, 300, "3205", "s3", 0) with { Standing = 3 })));

        Assert.Equal((2, true), (chosen.Reports[Output].Standing, chosen.Reports[Output].Chosen));
        Assert.Equal((3, false), ((await StateAsync()).Reports[Output].Standing, (await StateAsync()).Reports[Output].Chosen));
        var history = await Store.ListReportsAsync(new() { Enterprise = "org-1", AllRevisions = true }, Cancellation);
        Assert.Equal(
            [(3, false, null), (2, true, new ReportChoice("32", "centre", "why")), (2, false, new ReportChoice("", "other", "over")), (3, false, null)],
            history.Select(h => (h.Standing, h.Chosen, h.Choice)));
        Assert.Equal(history[1] with { Replaced = null }, (await AsOfAsync(history[1])) with { Replaced = null, Content = history[1].Content });

        async Task<ReportRecord> AsOfAsync(ReportRecord record) =>
            Assert.Single(await Store.ListReportsAsync(new() { Enterprise = "org-1", AsOf = record.Committed }, Cancellation));
    }

    [Fact]
    public async Task What_was_set_aside_is_in_the_history_alone_and_each_of_a_bureau_takes_the_place_of_the_one_before()
    {
        var draft = Registered("org-1");
        draft.Write(new(Output, Report(1, 100, "3205", "s1", 7) with { Standing = 3 }));
        draft.PutAside(Aside(Output, 1, 200, "32", "p", 0));
        draft.PutAside(Aside(Output, 1, 250, "33", "q", 0));
        await CommitAsync(draft.ToChange());
        await ChangeAsync(d => d.PutAside(Aside(Output, 2, 300, "32", "p", 1)));

        Same(draft.State.WithAside(Aside(Output, 2, 300, "32", "p", 1)), await StateAsync());
        Assert.Equal("3205", Assert.Single(await Store.ListReportsAsync(new() { Enterprise = "org-1" }, Cancellation)).Origin.Bureau);
        Assert.Single(await Store.ListFilingsAsync(["org-1"], January, January, Cancellation));
        var listed = new List<ReportRecord>();
        var query = new ReportQuery { Enterprise = "org-1", AllRevisions = true, Limit = 1 };
        while (await Store.ListReportsAsync(query, Cancellation) is [var one])
        {
            listed.Add(one);
            query = query.After(one);
        }
        Assert.Equal(
            [("3205", 1, 100L, false, false), ("32", 1, 200, true, true), ("33", 1, 250, true, false), ("32", 2, 300, true, false)],
            listed.Select(r => (r.Origin.Bureau, r.Revision, r.Content.Lines[0].Amount, r.SetAside, r.Replaced is not null)));
        Assert.All(listed.Skip(1), r => Assert.Equal((2, null, null), (r.Standing, r.WithdrawnBy, r.Choice)));

        // The bureau's own report comes to count.
        await ChangeAsync(d => d.Write(new(Output, Report(2, 400, "32", "p", 2) with { Standing = 3 })));
        Assert.Equal([true, false, true], (await StateAsync()).Asides.OrderBy(a => a.Revision).ThenBy(a => a.Origin.Bureau).Select(a => a.Replaced));
    }

    [Fact]
    public async Task What_was_set_aside_is_taken_back_with_its_submission_row_by_row()
    {
        var draft = Registered("org-1");
        draft.Write(new(Output, Report(1, 100, "3205", "s1", 7)));
        draft.PutAside(Aside(Output, 1, 200, "32", "p", 3));
        draft.PutAside(Aside(Output, 2, 300, "32", "q", 0));
        // Chosen out of what was set aside: one row, and not two.
        draft.Write(new(new(Feed.Output, January + 1), Report(1, 100, "32", "p", 5)));
        draft.PutAside(Aside(new(Feed.Output, January + 1), 1, 100, "32", "p", 5));
        await CommitAsync(new SubmissionCreated("32", "p", null), draft.ToChange());

        Assert.Equal([(3L, January), (5L, January + 1)], (await Store.ListSubmittedAsync("32", "p", 0, 10, Cancellation)).Select(r => (r.Row, r.Key.Period)));
        Assert.Equal([5], (await Store.ListSubmittedAsync("32", "p", 4, 10, Cancellation)).Select(r => r.Row));
        await ChangeAsync(d => d.PutAside(new AsideWithdrawn(Output, "32", "p", new("32", "wrong file"))));

        Assert.Equal(
            [("p", true, true), ("q", false, false)],
            (await StateAsync()).Asides.Where(a => a.Key == Output).Select(a => (a.Origin.Submission, a.Replaced, a.Withdrawn)));
        var history = await Store.ListReportsAsync(new() { Enterprise = "org-1", Until = January, AllRevisions = true }, Cancellation);
        Assert.Equal([null, ("32", "wrong file"), null], history.Select(h => h.WithdrawnBy is null ? ((string, string?)?)null : (h.WithdrawnBy, h.WithdrawReason)));
        await ChangeAsync(d => d.PutAside(new AsideWithdrawn(Output, "32", null, new("32", "all"))));
        history = await Store.ListReportsAsync(new() { Enterprise = "org-1", Until = January, AllRevisions = true }, Cancellation);
        Assert.Equal([null, "wrong file", "all"], history.Select(h => h.WithdrawReason));
    }

    [Fact]
    public async Task Lines_of_every_feed_come_back_as_they_were_set_aside()
    {
        var contents = new Dictionary<Feed, ReportLine[]>
        {
            [Feed.Output] = [new() { Currency = "CNY", Amount = 9_000_000_000_000_000 }],
            [Feed.Export] = [],
            [Feed.Employment] = [new() { Currency = "", Amount = 7 }],
            [Feed.Fdi] =
            [
                new() { Currency = "USD", Amount = 1, Fdi = new() { Source = "TW", UltimateSource = "JP", Investor = "A \"B\" 公司", ContractedCurrency = "USD", Contracted = 5, ProjectCount = 2 } },
                new() { Currency = "HKD", Amount = 2, Fdi = new() { Source = "HK", UltimateSource = "HK" } },
            ],
            [Feed.Linkage] =
            [
                new() { Currency = "CNY", Amount = 3, Supplier = new() { Kind = SupplierKind.Enterprise, Id = "org-2", Judgement = new() { ProfileVersion = 4, Region = "0101", Locality = "01", Domestic = true } } },
                new() { Currency = "CNY", Amount = 4, Supplier = new() { Kind = SupplierKind.Region, Id = "0202" } },
            ],
        };
        var draft = Registered("org-1");
        foreach (var (feed, lines) in contents)
        {
            draft.Write(new(new(feed, January), new() { Revision = 1, Content = new() { Basis = Basis.Month, Nil = true }, Origin = new("3205", "s", 0), ContentHash = 1 }));
            var content = new ReportContent { Basis = Basis.Month, Nil = lines.Length == 0, Status = ReportStatus.Final, Note = "说明", Lines = [.. lines] };
            draft.PutAside(new AsideAdded(
                new() { Key = new(feed, January), Revision = 1, Origin = new("32", "p", (int)feed), ContentHash = ContentHash.Of(content) }, content));
        }
        await CommitAsync(draft.ToChange());

        var listed = await Store.ListReportsAsync(new() { Enterprise = "org-1", AllRevisions = true }, Cancellation);
        var aside = listed.Where(r => r.SetAside).ToDictionary(r => r.Key.Feed);

        Assert.Equal(contents.Count, aside.Count);
        foreach (var (feed, lines) in contents)
        {
            Assert.Equal(lines, aside[feed].Content.Lines);
            Assert.Equal((lines.Length == 0, ReportStatus.Final, "说明", (long)feed), (aside[feed].Content.Nil, aside[feed].Content.Status, aside[feed].Content.Note, aside[feed].Origin.Row));
            Assert.Equal((await StateAsync()).LastAside(new(feed, January), "32")!.ContentHash, ContentHash.Of(aside[feed].Content));
        }
    }

    [Fact]
    public async Task A_change_whose_version_does_not_hold_sets_nothing_aside()
    {
        var draft = Registered("org-1");
        draft.Write(new(Output, Report(1, 100, "3205", "s1", 7)));
        await CommitAsync(draft.ToChange());
        var late = new EnterpriseDraft(await StateAsync(), Geography);
        late.PutAside(Aside(Output, 1, 200, "32", "p", 0));
        await ChangeAsync(d => d.Write(new(Output, Report(2, 100, "3205", "s2", 0))));

        Assert.Equal([false], await TryAsync(late.ToChange()));
        Assert.Empty((await StateAsync()).Asides);
    }

    private async Task<EnterpriseState> StateAsync() => (await Store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"];

    private async Task ChangeAsync(Action<EnterpriseDraft> change)
    {
        await Task.Delay(5, Cancellation);
        var draft = new EnterpriseDraft(await StateAsync(), Geography);
        change(draft);
        await CommitAsync(draft.ToChange());
    }

    private static void Same(EnterpriseState expected, EnterpriseState actual) => Assert.Equal(
        expected.Asides.OrderBy(a => a.Origin.Bureau, StringComparer.Ordinal).ThenBy(a => a.Revision),
        actual.Asides.OrderBy(a => a.Origin.Bureau, StringComparer.Ordinal).ThenBy(a => a.Revision));

    private static AsideAdded Aside(ReportKey key, int revision, long amount, string bureau, string submission, long row)
    {
        var content = Rows.Money(row, "org-1", Feed.Output, "2004-01", amount).Content;
        return new(
            new() { Key = key, Revision = revision, Origin = new(bureau, submission, row), ContentHash = ContentHash.Of(content), Standing = 2 }, content);
    }
}
