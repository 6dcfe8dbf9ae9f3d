using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.UnitTests.Aggregation;
using Xunit;

namespace ClusterPulse.SystemTests.Stores;

/// <content>What bureaus sent: submissions, receipts, and reports with their history.</content>
public abstract partial class FactStoreContract
{
    private static readonly ReportKey Output = new(Feed.Output, January);

    [Fact]
    public async Task A_receipt_tells_who_sent_what_and_lists_are_read_page_by_page()
    {
        await CommitAsync(new SubmissionCreated("3205", "b", null), new SubmissionCreated("3205", "a", null), new SubmissionCreated("3206", "c", null));
        var plain = new BatchReceipt { Offset = 0, Count = 2, Accepted = 2, RowsSha256 = new('f', 64), Sender = "she", CommitToken = "1:1" };
        var rejected = new BatchReceipt { Offset = 2, Count = 1, Rejected = 1, Rows = [new(2, RowOutcome.Rejected, [new("f", "v", "R")], [])] };
        var warned = new BatchReceipt { Offset = 0, Count = 1, Accepted = 1, Warned = 1, Rows = [new(0, RowOutcome.Accepted, [], [new("f", "v", "W")])] };
        await CommitAsync(new ReceiptChange("3205", "b", plain), new ReceiptChange("3205", "a", warned), new ReceiptChange("3206", "c", plain));
        await CommitAsync(new ReceiptChange("3205", "b", rejected));

        var all = await Store.ListReceiptsAsync(new() { Bureau = "3205" }, Cancellation);
        Assert.Equal([("a", 0L), ("b", 0L), ("b", 2L)], all.Select(r => (r.Submission, r.Receipt.Offset)));
        Assert.Equal((new string('f', 64), "she", 2), (all[1].Receipt.RowsSha256, all[1].Receipt.Sender, all[1].Receipt.Accepted));
        Assert.All(all, r => Assert.Empty(r.Receipt.Rows));
        Assert.Null(all[2].Receipt.RowsSha256);
        var next = await Store.ListReceiptsAsync(new() { Bureau = "3205", FromSubmission = "b", FromOffset = 1, Limit = 1 }, Cancellation);
        Assert.Equal(2, Assert.Single(next).Receipt.Offset);
        var odd = await Store.ListReceiptsAsync(new() { Bureau = "3205", Submission = "b", Rejected = true, WithRows = true }, Cancellation);
        Assert.Equal("R", Assert.Single(Assert.Single(Assert.Single(odd).Receipt.Rows).Violations).Reason);
        var withWarned = await Store.ListReceiptsAsync(new() { Bureau = "3205", Rejected = true, Warned = true }, Cancellation);
        Assert.Equal(["a", "b"], withWarned.Select(r => r.Submission));
        var found = await Store.FindReceiptAsync("3205", "b", 0, Cancellation);
        Assert.Equal((new string('f', 64), "she"), (found!.RowsSha256, found.Sender));
    }

    [Fact]
    public async Task Submissions_are_listed_the_newest_first_page_by_page_and_by_state()
    {
        foreach (var id in (string[])["s1", "s3", "s2"])
        {
            await CommitAsync(new SubmissionCreated("3205", id, null));
            await Task.Delay(2, Cancellation);
        }
        await CommitAsync(new SubmissionCreated("3206", "s4", null));
        await CommitAsync(new SubmissionFinalized("3205", "s3", 0));

        var first = await Store.ListSubmissionsAsync(new() { Bureau = "3205", Limit = 2 }, Cancellation);
        Assert.Equal(["s2", "s3"], first.Select(s => s.Id));
        var rest = await Store.ListSubmissionsAsync(new() { Bureau = "3205", BeforeCreated = first[1].Created, BeforeId = "s3" }, Cancellation);
        Assert.Equal("s1", Assert.Single(rest).Id);
        var open = await Store.ListSubmissionsAsync(new() { Bureau = "3205", State = SubmissionState.Open }, Cancellation);
        Assert.Equal(["s2", "s1"], open.Select(s => s.Id));
    }

    [Fact]
    public async Task The_history_of_a_report_says_which_bureau_sent_which_revision_when_and_is_read_as_of_any_moment()
    {
        var draft = Registered("org-1");
        draft.Write(new(Output, Report(1, 100, "3205", "s1", 7)));
        await CommitAsync(draft.ToChange());
        await WriteAsync(new(Output, Report(2, 200, "3206", "s2", 8)));
        var current = Assert.Single(await Store.ListReportsAsync(new() { Enterprise = "org-1" }, Cancellation));
        await WriteAsync(new(Output, Report(2, 200, "3206", "s2", 8) with { Withdrawn = true }) { Withdrawal = new("3200", "twice") });

        var history = await Store.ListReportsAsync(new() { Enterprise = "org-1", AllRevisions = true }, Cancellation);

        Assert.Equal(
            [(1, 100L, new ReportOrigin("3205", "s1", 7), null, null), (2, 200L, new ReportOrigin("3206", "s2", 8), "3200", "twice")],
            history.Select(h => (h.Revision, h.Content.Lines[0].Amount, h.Origin, h.WithdrawnBy, h.WithdrawReason)));
        Assert.Equal(history[1].Committed, history[0].Replaced);
        Assert.Equal((2, null, null), (current.Revision, current.Replaced, current.WithdrawnBy));
        var before = await Store.ListReportsAsync(new() { Enterprise = "org-1", AsOf = history[0].Committed }, Cancellation);
        Assert.Equal(1, Assert.Single(before).Revision);
        Assert.Empty(await Store.ListReportsAsync(new() { Enterprise = "org-1", AsOf = history[0].Committed.AddSeconds(-1) }, Cancellation));
        Assert.NotNull(Assert.Single(await Store.ListReportsAsync(new() { Enterprise = "org-1" }, Cancellation)).Replaced);
        // A new revision after that counts again.
        await WriteAsync(new(Output, Report(3, 300, "3205", "s3", 0)));
        history = await Store.ListReportsAsync(new() { Enterprise = "org-1", AllRevisions = true }, Cancellation);
        Assert.Equal([1, 2, 3], history.Select(h => h.Revision));
        Assert.Equal("3200", history[1].WithdrawnBy);
        Assert.Null(history[2].Replaced);

        async Task WriteAsync(ReportWrite write)
        {
            await Task.Delay(5, Cancellation);
            var next = new EnterpriseDraft((await Store.LoadEnterprisesAsync(["org-1"], Cancellation))["org-1"], Geography);
            next.Write(write);
            await CommitAsync(next.ToChange());
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Reports_of_all_feeds_are_listed_as_they_are_stored_page_by_page(int seed)
    {
        var world = new RandomWorld(seed, Geography, TwoLocalities.Counties, TwoLocalities.Estates);
        for (var step = 0; step < 200; step++)
            await CommitAsync([.. world.Step().Select(d => d.ToChange())]);

        foreach (var state in world.States.Values)
        {
            var listed = new List<ReportRecord>();
            var query = new ReportQuery { Enterprise = state.Id, Limit = 3 };
            while (await Store.ListReportsAsync(query, Cancellation) is { Count: > 0 } page)
            {
                listed.AddRange(page);
                var last = page[^1];
                query = query with { AfterFeed = last.Key.Feed.Word(), AfterPeriod = last.Key.Period.ToString(), AfterRevision = last.Revision };
            }
            Assert.Equal(
                state.Reports.OrderBy(r => r.Key.Feed.Word(), StringComparer.Ordinal).ThenBy(r => r.Key.Period).Select(r => (r.Key, r.Value.Revision)),
                listed.Select(l => (l.Key, l.Revision)));
            foreach (var record in listed)
            {
                var stored = state.Reports[record.Key];
                // What was taken back is not judged anew in the history.
                Assert.Equal(stored.Content.Lines.Select(Unjudged), record.Content.Lines.Select(Unjudged));
                Assert.Equal(stored.Content with { Lines = [] }, record.Content with { Lines = [] });
                Assert.Equal(stored.Origin, record.Origin);
                Assert.Equal(stored.Withdrawn, record.WithdrawnBy is not null);
            }
        }
    }

    [Fact]
    public async Task A_withdrawal_goes_row_by_row_counts_each_part_once_and_is_listed_until_it_is_finished()
    {
        var (first, second) = (Registered("org-1"), Registered("org-2"));
        first.Write(new(Output, Report(1, 100, "3205", "s", 7)));
        first.Write(new(new(Feed.Output, January + 1), Report(1, 100, "3205", "s", 3)));
        second.Write(new(Output, Report(1, 100, "3205", "other", 1)));
        await CommitAsync(new SubmissionCreated("3205", "s", null), first.ToChange(), second.ToChange());
        Assert.Equal([(3L, January + 1), (7L, January)], (await Store.ListSubmittedAsync("3205", "s", 0, 10, Cancellation)).Select(r => (r.Row, r.Key.Period)));
        Assert.Equal([7], (await Store.ListSubmittedAsync("3205", "s", 4, 10, Cancellation)).Select(r => r.Row));
        Assert.Empty(await Store.ListWithdrawalsAsync(Cancellation));

        await CommitAsync(new SubmissionWithdrawn("3205", "s", "3200", "twice"));

        Assert.Equal([false], await TryAsync(new SubmissionWithdrawn("3205", "s", "3201", "again")));
        Assert.Equal([("3205", "s")], await Store.ListWithdrawalsAsync(Cancellation));
        await CommitAsync(new WithdrawalProgressed("3205", "s", 0, 4, 1, Finished: false));
        Assert.Equal([false], await TryAsync(new WithdrawalProgressed("3205", "s", 0, 4, 1, Finished: false)));
        await CommitAsync(new WithdrawalProgressed("3205", "s", 4, 8, 1, Finished: true));
        Assert.Equal([false], await TryAsync(new WithdrawalProgressed("3205", "s", 8, 9, 1, Finished: true)));
        Assert.Empty(await Store.ListWithdrawalsAsync(Cancellation));
        var withdrawn = (await Store.FindSubmissionAsync("3205", "s", Cancellation))!;
        Assert.Equal(SubmissionState.Withdrawn, withdrawn.State);
        Assert.Equal(("3200", "twice", 2L, 8L), (withdrawn.Withdrawal!.By, withdrawn.Withdrawal.Reason, withdrawn.Withdrawal.Reports, withdrawn.Withdrawal.NextRow));
        Assert.NotNull(withdrawn.Withdrawal.Finished);
        Assert.Equal([false], await TryAsync(new ReceiptChange("3205", "s", new() { Offset = 0, Count = 1 })));
        await CommitAsync(new WithdrawalRestarted("3205", "s"));
        var again = (await Store.FindSubmissionAsync("3205", "s", Cancellation))!.Withdrawal!;
        Assert.Equal((0L, 0L, null), (again.Reports, again.NextRow, again.Finished));
        Assert.Equal([false], await TryAsync(new WithdrawalRestarted("3205", "other")));
    }

    private static ReportLine Unjudged(ReportLine line) =>
        line.Supplier is { } supplier ? line with { Supplier = supplier with { Judgement = null } } : line;

    private static StoredReport Report(int revision, long amount, string bureau, string submission, long row)
    {
        var content = Rows.Money(row, "org-1", Feed.Output, "2004-01", amount).Content;
        return new() { Revision = revision, Content = content, Origin = new(bureau, submission, row), ContentHash = ContentHash.Of(content) };
    }
}
