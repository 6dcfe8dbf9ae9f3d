using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Xunit;

namespace ClusterPulse.SystemTests.Stores;

/// <content>Submissions that begin, and are complete, with one change of an enterprise.</content>
public abstract partial class FactStoreContract
{
    private protected static readonly BatchReceipt Whole = new()
    {
        Offset = 0,
        Count = 2,
        Accepted = 1,
        Rejected = 1,
        Rows = [new(1, RowOutcome.Rejected, [new("f", "v", "R")], [])],
        CommitToken = "not known yet",
        RowsSha256 = new string('a', 64),
        Sender = "someone",
    };

    [Fact]
    public async Task A_change_that_is_all_of_a_submission_creates_it_with_its_answer()
    {
        var change = Registered("org-1").ToChange() with { Answer = new("3205", "w", Whole) };
        var committed = await Writer.CommitAsync([change], Sum([change]), Cancellation);

        Assert.Equal([true], committed.Applied);
        var submission = (await Store.FindSubmissionAsync("3205", "w", Cancellation))!;
        Assert.Equal((SubmissionState.Open, 2, 1, 1, null), (submission.State, submission.NextOffset, submission.Accepted, submission.Rejected, submission.Sha256));
        var answer = (await Store.FindReceiptAsync("3205", "w", 0, Cancellation))!;
        Assert.Equal(CommitToken.Format(Writer.Id, committed.Sequence), answer.CommitToken);
        Assert.Equal((2, 1, 1, Whole.RowsSha256, "someone"), (answer.Count, answer.Accepted, answer.Rejected, answer.RowsSha256, answer.Sender));
        Assert.Equal("R", Assert.Single(Assert.Single(answer.Rows).Violations).Reason);
        // It goes on like any other.
        Assert.Equal([true], await TryAsync(new ReceiptChange("3205", "w", Whole with { Offset = 2 })));
    }

    [Fact]
    public async Task It_is_not_stored_where_the_submission_is_there_already()
    {
        await CommitAsync(new SubmissionCreated("3205", "empty", null), Registered("org-1").ToChange() with { Answer = new("3205", "full", Whole) });

        foreach (var submission in (string[])["empty", "full"])
        {
            var change = Renamed(await LoadAsync("org-1")) with { Answer = new("3205", submission, Whole) };
            Assert.Equal([false], await TryAsync(change));
            Assert.Equal([false], await TryAsync(Registered("org-2").ToChange() with { Answer = new("3205", submission, Whole) }));
        }
        Assert.Equal((1, 0), (await VersionAsync("org-1"), await VersionAsync("org-2")));
        Assert.Equal(0, (await Store.FindSubmissionAsync("3205", "empty", Cancellation))!.NextOffset);
        Assert.Equal(2, (await Store.FindSubmissionAsync("3205", "full", Cancellation))!.NextOffset);
    }

    [Fact]
    public async Task Of_two_in_one_commit_one_is_stored()
    {
        Assert.Equal(
            [true, false],
            await TryAsync(
                Registered("org-1").ToChange() with { Answer = new("3205", "w", Whole) },
                Registered("org-2").ToChange() with { Answer = new("3205", "w", Whole) }));

        Assert.Equal((1, 0), (await VersionAsync("org-1"), await VersionAsync("org-2")));
        Assert.Equal(2, (await Store.FindSubmissionAsync("3205", "w", Cancellation))!.NextOffset);
    }

    [Fact]
    public async Task Where_the_enterprise_has_changed_meanwhile_there_is_no_submission()
    {
        await CommitAsync(Registered("org-1").ToChange());

        Assert.Equal([false], await TryAsync(Registered("org-1").ToChange() with { Answer = new("3205", "w", Whole) }));

        Assert.Null(await Store.FindSubmissionAsync("3205", "w", Cancellation));
        Assert.Null(await Store.FindReceiptAsync("3205", "w", 0, Cancellation));
    }

    private async Task<EnterpriseState> LoadAsync(string enterprise) => (await Store.LoadEnterprisesAsync([enterprise], Cancellation))[enterprise];

    /// <summary>0 where nothing of it is stored.</summary>
    private protected async Task<long> VersionAsync(string enterprise) =>
        (await Store.LoadEnterprisesAsync([enterprise], Cancellation)).GetValueOrDefault(enterprise)?.Version ?? 0;

    private static EnterpriseChange Renamed(EnterpriseState state)
    {
        var draft = new EnterpriseDraft(state, Geography);
        draft.Register(Profile() with { NameEn = "Another name" });
        return draft.ToChange();
    }
}
