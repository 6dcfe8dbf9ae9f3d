using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Xunit;

namespace ClusterPulse.UnitTests.Enterprises;

/// <summary>A newcomer beside enterprises of its division and size.</summary>
public sealed class PeerValuesTests
{
    private static readonly ReportKey October = new(Feed.Output, new(2004, 10));

    private readonly PeerValues _peers = new();

    [Fact]
    public void A_newcomer_far_from_twenty_others_is_an_outlier_and_the_sender_is_told_the_median()
    {
        Observe(20);

        var finding = Judge(Firm("org-new", 1_000_000_000), October);

        Assert.Equal(("output.value.minor_units", "1000000000", Reasons.OutlierAmongPeers), (finding!.Field, finding.Value, finding.Reason));
        Assert.InRange(long.Parse(finding.Detail, null), 1_000, 2_000_000);
        Assert.NotNull(Judge(Firm("org-new", 10), October));
    }

    [Fact]
    public void The_score_is_that_of_iglewicz_and_hoaglin_of_logarithms()
    {
        // Logarithms 0, 1, …, 20 times ln 1.3 above a thousand: the median is the tenth, the median absolute deviation 5 times ln 1.3.
        for (var i = 0; i <= 20; i++)
            _peers.Observe(Firm($"org-{i}", Step(i)), October);

        // 0.6745 · d / 5 = 3.5 at d = 25.9 steps.
        Assert.Null(Judge(Firm("org-new", Step(10 + 25)), October));
        Assert.NotNull(Judge(Firm("org-new", Step(10 + 27)), October));

        static long Step(int steps) => (long)Math.Round(1_000 * Math.Pow(1.3, steps));
    }

    [Fact]
    public void Peers_that_are_all_alike_make_an_outlier_of_ten_times_only()
    {
        for (var i = 0; i < 30; i++)
            _peers.Observe(Firm($"org-{i}", 1_000), October);

        Assert.Null(Judge(Firm("org-new", 9_900), October));
        Assert.NotNull(Judge(Firm("org-new", 10_100), October));
        Assert.NotNull(Judge(Firm("org-new", 99), October));
    }

    [Fact]
    public void Fewer_than_twenty_others_judge_nobody()
    {
        Observe(19);
        Assert.Null(Judge(Firm("org-new", 1_000_000_000), October));

        // It is no peer of itself.
        _peers.Observe(Firm("org-new", 1_000_000_000), October);
        Assert.Null(Judge(Firm("org-new", 1_000_000_000), October));
    }

    [Fact]
    public void Another_division_size_currency_or_feed_is_no_peer()
    {
        Observe(40);

        Assert.Null(Judge(Firm("org-new", 1_000_000_000, industry: "1711"), October));
        Assert.Null(Judge(Firm("org-new", 1_000_000_000, size: EnterpriseSize.Large), October));
        Assert.Null(Judge(Firm("org-new", 1_000_000_000, currency: "USD"), October));
        Assert.NotNull(Judge(Firm("org-new", 1_000_000_000, industry: "39"), October));
    }

    [Fact]
    public void Whoever_has_a_month_before_is_judged_by_that_alone()
    {
        Observe(40);
        var firm = Firm("org-new", 1_000_000_000);

        Assert.Null(Judge(firm.WithReport(new(Feed.Output, new(2004, 9)), Report(990_000_000, "CNY")), October));
        Assert.Null(Judge(firm.WithReport(new(Feed.Output, new(2003, 10)), Report(990_000_000, "CNY")), October));
    }

    [Fact]
    public void A_year_to_date_that_is_no_month_yet_is_neither_judged_nor_remembered()
    {
        Observe(20);
        var report = Report(1_000_000_000_000, "CNY");
        var cumulative = Firm("org-new", 1).WithReport(October, report with { Content = report.Content with { Basis = Basis.YearToDate } });

        _peers.Observe(cumulative, October);

        Assert.Null(Judge(cumulative, October));
    }

    [Fact]
    public void A_sample_of_many_judges_as_all_of_them_would()
    {
        for (var i = 0; i < 20_000; i++)
            _peers.Observe(Firm($"org-{i}", i % 2 == 0 ? 1_000 : 4_000), October);

        // The median of a sample of 256 is one of the two values, or between them, and nothing far from both is missed.
        Assert.NotNull(Judge(Firm("org-new", 100_000_000), October));
        Assert.Null(Judge(Firm("org-new", 4_000), October));
    }

    [Fact]
    public void A_report_that_was_an_outlier_is_suspect_until_a_revision_says_why()
    {
        var firm = Firm("org-new", 5_000).WithReport(October, Report(5_000, "CNY") with { Outlier = true });
        Assert.Equal(new Suspicion(SoftCheck.AmongPeers, 5_000, 0), SoftChecks.Open(firm, Feed.Output, October.Period));

        var report = Report(5_000, "CNY") with { Outlier = true, Revision = 2 };
        var explained = firm.WithReport(October, report with { Content = report.Content with { Note = "a new plant" } });

        Assert.Null(SoftChecks.Open(explained, Feed.Output, October.Period));
    }

    /// <summary>What is said of the newest report of a firm.</summary>
    private Violation? Judge(EnterpriseState firm, ReportKey key) => _peers.Judge(firm, key, firm.Reports.Find(key.Feed, key.Period)!);

    private void Observe(int count)
    {
        for (var i = 0; i < count; i++)
            _peers.Observe(Firm($"org-{i}", 10_000 + (i * 5_000)), October);
    }

    private static EnterpriseState Firm(
        string id, long amount, string industry = "3911", EnterpriseSize size = EnterpriseSize.Small, string currency = "CNY") =>
        (EnterpriseState.Unknown(id) with { ProfileVersion = 1 })
        .WithProfile(new() { ValidFrom = new(2003, 1), Region = "320583", Industry = industry, Ownership = Ownership.Private, Size = size })
        .WithReport(October, Report(amount, currency));

    private static StoredReport Report(long amount, string currency) => new()
    {
        Revision = 1,
        Content = new() { Basis = Basis.Month, Lines = [new() { Currency = currency, Amount = amount }] },
        Origin = new("3205", "s", 0),
        ContentHash = 1,
    };
}
