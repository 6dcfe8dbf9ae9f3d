using ClusterPulse.Cli.Files.Cells;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Files.Cells;

public sealed class PeriodTextTests
{
    [Theory]
    [InlineData("2026-10", false)]
    [InlineData("202610", false)]
    [InlineData("20261031", false)]
    [InlineData("2026年10月", false)]
    [InlineData("2026年10月份", false)]
    [InlineData("２０２６年１０月", false)]
    [InlineData("2026/10", false)]
    [InlineData("2026.10", false)]
    [InlineData("2026-M10", false)]
    [InlineData("2026M10", false)]
    [InlineData("2026-10-31", false)]
    [InlineData("2026/10/1 0:00:00", false)]
    [InlineData("2026年1—10月", true)]
    [InlineData("2026年1-10月", true)]
    [InlineData("2026年1月至10月", true)]
    public void Months_are_read_as_files_write_them(string text, bool isYearToDate)
    {
        Assert.Equal(isYearToDate, PeriodText.Read(text, out var month));

        Assert.Equal("2026-10", month);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-02-30")]
    [InlineData("10/2026")]
    [InlineData("2026")]
    [InlineData("2026年2—10月")]
    [InlineData("October")]
    public void Others_come_back_as_they_are(string text)
    {
        // The month's own form is left to the check of the report.
        Assert.Null(PeriodText.Read(text, out var month));
        Assert.Equal(text.Replace('—', '-'), month);
    }
}
