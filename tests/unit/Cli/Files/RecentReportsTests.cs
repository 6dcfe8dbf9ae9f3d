using System.Globalization;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Reading;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Files;

public sealed class RecentReportsTests
{
    [Theory]
    [InlineData("b", "2026-01", Feed.Output, 0, false)]
    [InlineData("a", "2026-02", Feed.Output, 0, false)]
    [InlineData("a", "2026-01", Feed.Export, 0, false)]
    [InlineData("a", "2026-01", Feed.Output, 1, false)]
    [InlineData("a", "2026-01", Feed.Output, 0, true)]
    public void What_differs_in_anything_of_its_key_is_another(string enterprise, string period, Feed feed, int revision, bool isWithdrawal)
    {
        var (recent, action) = (new RecentReports(), isWithdrawal ? FileAction.Withdraw : FileAction.Report);

        Assert.True(recent.Add(FileAction.Report, Report("a", "2026-01", Feed.Output, 0)));
        Assert.True(recent.Add(action, Report(enterprise, period, feed, revision)));
        Assert.False(recent.Add(action, Report(enterprise, period, feed, revision)));
    }

    [Fact]
    public void It_looks_back_over_half_a_million_and_forgets_what_is_older_than_a_million()
    {
        var recent = new RecentReports();
        for (var i = 0; i < 1_000_000; i++)
        {
            Assert.True(recent.Add(FileAction.Report, Numbered(i)));
            if (i >= 500_000)
                Assert.False(recent.Add(FileAction.Report, Numbered(i - 499_999)));
        }

        Assert.True(recent.Add(FileAction.Report, Numbered(0)));
    }

    private static Report Numbered(int number) => Report(number.ToString(CultureInfo.InvariantCulture), "2026-01", Feed.Output, 0);

    private static Report Report(string enterprise, string period, Feed feed, int revision) =>
        new() { Enterprise = enterprise, Period = period, Feed = feed, Revision = revision };
}
