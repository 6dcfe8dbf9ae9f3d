using System.CommandLine;
using ClusterPulse.Cli.Sending;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Sending;

public sealed class TimesTests
{
    [Theory]
    [InlineData("2026-10-31", "2026-10-31T15:59:59.999999Z")]
    [InlineData("2026-10-31T08:00+08:00", "2026-10-31T00:00:00Z")]
    [InlineData("2026-10-31T08:00:30.5-02:00", "2026-10-31T10:00:30.500Z")]
    [InlineData("2026-10-31T08:00Z", "2026-10-31T08:00:00Z")]
    public void A_day_ends_in_Beijing_and_a_moment_has_its_offset(string text, string moment)
    {
        var option = Times.AsOf();

        Assert.Equal($"\"{moment}\"", new Command("c") { option }.Parse(["--as-of", text]).GetValue(option)!.ToString());
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("31/10/2026")]
    [InlineData("2026-10-31T08:00")]
    [InlineData("9999-12-31")]
    public void What_depends_on_who_reads_it_is_refused(string text) =>
        Assert.Contains(text, Assert.Single(new Command("c") { Times.AsOf() }.Parse(["--as-of", text]).Errors).Message, StringComparison.Ordinal);
}
