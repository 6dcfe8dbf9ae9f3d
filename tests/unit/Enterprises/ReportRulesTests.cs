using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Xunit;

namespace ClusterPulse.UnitTests.Enterprises;

/// <summary>What becomes of a row whose report was taken back.</summary>
public sealed class ReportRulesTests
{
    private static readonly ReportKey Key = new(Feed.Output, new(2004, 10));

    [Fact]
    public void The_revision_that_was_taken_back_does_not_come_back_and_says_so()
    {
        var decision = ReportRules.Decide(Withdrawn(), Row(100, revision: 1), new("3205", "s2", 0));

        Assert.Equal(RowOutcome.Duplicate, decision.Outcome);
        Assert.Null(decision.Report);
        Assert.Equal(Reasons.WithdrawnRevision, Assert.Single(decision.Warnings).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_higher_revision_counts_again_even_with_the_same_content(int revision)
    {
        var decision = ReportRules.Decide(Withdrawn(), Row(100, revision), new("3205", "s2", 0));

        Assert.Equal(RowOutcome.Accepted, decision.Outcome);
        Assert.Equal((2, false), (decision.Report!.Revision, decision.Report.Withdrawn));
    }

    [Fact]
    public void A_replay_of_the_row_that_was_taken_back_changes_nothing()
    {
        var decision = ReportRules.Decide(Withdrawn(), Row(100, revision: 0), new("3205", "s1", 7));

        Assert.Equal(RowOutcome.Accepted, decision.Outcome);
        Assert.Null(decision.Report);
    }

    private static EnterpriseState Withdrawn()
    {
        var row = Row(100, revision: 1);
        return (EnterpriseState.Unknown("org-1") with { ProfileVersion = 1 })
            .WithProfile(new() { ValidFrom = new(2003, 1), Region = "320583", Industry = "391", Ownership = Ownership.Foreign })
            .WithReport(Key, new()
            {
                Revision = 1,
                Content = row.Content,
                Origin = new("3205", "s1", 7),
                ContentHash = ContentHash.Of(row.Content),
                Withdrawn = true,
            });
    }

    private static ReportRow Row(long amount, int revision) => new()
    {
        Row = 0,
        Enterprise = "org-1",
        Key = Key,
        Revision = revision,
        Content = new() { Basis = Basis.Month, Lines = [new() { Currency = "CNY", Amount = amount }] },
    };
}
