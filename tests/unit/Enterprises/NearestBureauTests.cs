using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;
using ClusterPulse.Registry;
using Xunit;

namespace ClusterPulse.UnitTests.Enterprises;

/// <summary>Two bureaus report one enterprise: whose report counts.</summary>
public sealed class NearestBureauTests
{
    private const int Province = 2;
    private const int Prefecture = 3;

    private static readonly ReportKey Key = new(Feed.Output, new(2004, 10));
    private static readonly Geography China = new(ReferenceData.Load(), _ => null);
    private static readonly Profile Kunshan = new() { ValidFrom = new(2003, 1), Region = "320583", Industry = "391", Ownership = Ownership.Foreign };

    private EnterpriseState _state = (EnterpriseState.Unknown("org-1") with { Version = 1, ProfileVersion = 1 }).WithProfile(Kunshan);

    [Theory]
    [InlineData(null, 0)]
    [InlineData("CN", 1)]
    [InlineData("32", 2)]
    [InlineData("3205", 3)]
    [InlineData("320583", 4)]
    [InlineData("32,3303,320583", 4)]
    [InlineData("3303,32", 2)]
    public void A_sender_stands_at_the_level_of_its_deepest_division_that_the_enterprise_lies_in(string? divisions, int expected)
    {
        Assert.Null(DivisionRule.Violation(divisions, Kunshan, China, out var standing));
        Assert.Equal(expected, standing);
    }

    [Fact]
    public void A_sender_whose_divisions_lie_elsewhere_is_rejected_as_ever() =>
        Assert.Equal(Reasons.NotYourDivision, DivisionRule.Violation("3303,33", Kunshan, China, out _)!.Reason);

    [Fact]
    public void The_nearer_bureau_supersedes_whatever_its_revision()
    {
        Send("32", 0, 100, Province, revision: 4);

        var decision = Send("3205", 0, 200, Prefecture, revision: 1);

        Assert.Equal((RowOutcome.Revised, 5, Prefecture), (decision.Outcome, decision.Report!.Revision, decision.Report.Standing));
        Assert.Equal("3205", Counting.Origin.Bureau);
    }

    [Fact]
    public void The_farther_bureau_is_set_aside_and_told_who_counts()
    {
        Send("3205", 0, 200, Prefecture);

        var decision = Send("32", 0, 100, Province, revision: 1);

        Assert.Equal(RowOutcome.Accepted, decision.Outcome);
        Assert.Null(decision.Report);
        Assert.Equal((1, Province), (decision.Aside!.Revision, decision.Aside.Standing));
        Assert.Equal((Reasons.AnotherBureauCounts, "bureaus/3205"), (Assert.Single(decision.Warnings).Reason, decision.Warnings[0].Detail));
        Assert.Equal("3205", Counting.Origin.Bureau);
    }

    [Fact]
    public void Of_equals_the_last_counts_as_ever()
    {
        Send("3205", 0, 200, Prefecture);

        var decision = Send("3206", 0, 300, Prefecture);

        Assert.Equal((RowOutcome.Revised, 2), (decision.Outcome, decision.Report!.Revision));
        Assert.Equal(RowOutcome.Rejected, Send("3205", 1, 400, Prefecture, revision: 2).Outcome);
    }

    [Fact]
    public void What_was_set_aside_has_revisions_duplicates_and_conflicts_of_its_own()
    {
        Send("3205", 0, 200, Prefecture);
        Send("32", 0, 100, Province);

        Assert.Equal(RowOutcome.Accepted, SendAside("32", 0, 100, expected: null));                                   // The very row.
        Assert.Equal(RowOutcome.Duplicate, SendAside("32", 0, 100, expected: null, submission: "again"));             // The same words.
        Assert.Equal(RowOutcome.Duplicate, SendAside("32", 1, 100, expected: null, revision: 1));
        Assert.Equal(RowOutcome.Rejected, SendAside("32", 2, 110, expected: null, revision: 1));                      // Other words.
        Assert.Equal(RowOutcome.Accepted, SendAside("32", 3, 110, expected: 2));
        Assert.Equal(RowOutcome.Accepted, SendAside("32", 4, 120, expected: 7, revision: 7));
        Assert.Equal(RowOutcome.Duplicate, SendAside("32", 5, 130, expected: null, revision: 3));                     // Superseded.
        Assert.Equal(RowOutcome.Accepted, SendAside("32", 1, 999, expected: null));                                   // Older than what is there.
        Assert.Equal(RowOutcome.Accepted, SendAside("CN", 0, 100, expected: 1, standing: 1));
        Assert.Equal([(1, true), (2, true), (7, false), (1, false)], _state.Asides.Select(a => (a.Revision, a.Replaced)));
        Assert.Equal(200, Counting.Content.Lines[0].Amount);
    }

    [Fact]
    public void Once_what_counted_is_taken_back_the_next_report_of_anybody_counts_and_a_replay_of_the_one_aside_does_not()
    {
        Send("3205", 0, 200, Prefecture);
        Send("32", 0, 100, Province);
        _state = _state.WithReport(Key, Counting with { Withdrawn = true });

        var replay = Send("32", 0, 100, Province);
        Assert.Equal(RowOutcome.Accepted, replay.Outcome);
        Assert.Null(replay.Report);
        var next = Send("32", 1, 100, Province);

        Assert.Equal((RowOutcome.Accepted, 2), (next.Outcome, next.Report!.Revision));
        Assert.True(Assert.Single(_state.Asides).Replaced);
    }

    [Fact]
    public void While_a_bureau_is_chosen_nobody_else_revises_its_report_and_once_it_is_taken_back_anybody_does()
    {
        Send("32", 0, 100, Province);
        _state = _state.WithReport(Key, Counting with { Chosen = true });

        Assert.NotNull(Send("3205", 0, 200, Prefecture).Aside);
        Assert.NotNull(Send("3206", 0, 200, Prefecture).Aside);
        var own = Send("32", 1, 110, Province);
        Assert.Equal((2, true), (own.Report!.Revision, own.Report.Chosen));
        _state = _state.WithReport(Key, Counting with { Withdrawn = true });
        var after = Send("3205", 1, 210, Prefecture);

        Assert.Equal((3, false, "3205"), (after.Report!.Revision, after.Report.Chosen, after.Report.Origin.Bureau));
    }

    [Fact]
    public void Where_nobody_says_who_he_is_all_is_as_it_was()
    {
        Send("3205", 0, 200, 0);
        var other = Send("32", 0, 100, 0);
        Assert.Equal((RowOutcome.Revised, 2), (other.Outcome, other.Report!.Revision));
        Assert.Equal(RowOutcome.Rejected, Send("3205", 1, 300, 0, revision: 2).Outcome);
        Assert.Empty(_state.Asides);
    }

    [Fact]
    public void What_is_set_aside_changes_no_cell_but_the_version_of_its_enterprise()
    {
        Send("3205", 0, 200, Prefecture);
        var draft = new EnterpriseDraft(_state, China);
        draft.PutAside(new AsideAdded(
            new() { Key = Key, Revision = 1, Origin = new("32", "s", 0), ContentHash = 1, Standing = Province }, new() { Basis = Basis.Month }));

        var change = draft.ToChange();

        Assert.Equal(
            [Measure.MemberHash],
            change.Deltas.GroupBy(d => (d.Place, d.Key)).Where(g => g.Sum(d => (decimal)d.Amount) != 0).Select(g => g.Key.Key.Measure).Distinct().Order());
        Assert.Single(change.Asides);
    }

    private StoredReport Counting => _state.Reports.Find(Key.Feed, Key.Period)!;

    private RowOutcome SendAside(string bureau, long row, long amount, int? expected, int revision = 0, int standing = Province, string submission = "s")
    {
        var decision = Send(bureau, row, amount, standing, revision, submission);
        Assert.Null(decision.Report);
        Assert.Equal(expected, decision.Aside?.Revision);
        return decision.Outcome;
    }

    /// <summary>As the enterprise does it.</summary>
    private ReportDecision Send(string bureau, long row, long amount, int standing, int revision = 0, string submission = "s")
    {
        var content = new ReportContent { Basis = Basis.Month, Lines = [new() { Currency = "CNY", Amount = amount }] };
        var decision = ReportRules.Decide(
            _state, new() { Row = row, Enterprise = "org-1", Key = Key, Revision = revision, Content = content }, new(bureau, submission, row), standing);
        var draft = new EnterpriseDraft(_state, China);
        if (decision.Report is { } report)
            draft.Write(new(Key, report));
        if (decision.Aside is { } aside)
            draft.PutAside(new AsideAdded(aside, content));
        _state = draft.State;
        return decision;
    }
}
