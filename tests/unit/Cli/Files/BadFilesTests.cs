using System.Text;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Checking;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static ClusterPulse.UnitTests.Cli.Files.FileText;

namespace ClusterPulse.UnitTests.Cli.Files;

/// <summary>Malformed files give reasons of the catalogue or a failure with advice: never a crash, never a report that nobody wrote.</summary>
public sealed class BadFilesTests
{
    private const int Files = 12_000;

    private static readonly FileLimits Small = new()
    {
        RowCharacters = 20_000, ExpandedBytes = 100_000, ExpansionRatio = 10, StringTableBytes = 100_000, RowsOfReport = 50,
    };

    private static readonly HashSet<string> Known = [.. ReasonCatalogue.All.Select(r => r.Name)];

    private readonly ReportCheck _check = new(new FakeTimeProvider(new(2026, 10, 15, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Twelve_thousand_malformed_files_each_give_reasons_and_no_report_that_nobody_wrote()
    {
        var files = new BadFiles(seed: 20_261_015);
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Files; i++)
        {
            var bad = files.Next();
            try
            {
                Judge(bad, seen);
            }
            catch (Exception e) when (e is not CommandFailure)
            {
                Assert.Fail($"file {i} ({bad.What}): {e}\n{Encoding.UTF8.GetString(bad.Bytes.AsSpan(0, Math.Min(600, bad.Bytes.Length)))}");
            }
        }

        // The files are bad in many ways, not in one.
        string[] expected =
        [
            "UNKNOWN_FORMAT", "DAMAGED_FILE", "EXPANDS_TOO_FAR", "UNREADABLE_TEXT", "MALFORMED_ROW", "MALFORMED_NUMBER", "UNKNOWN_UNIT", "INCONSISTENT_ROWS",
            "UNKNOWN_STRUCTURE", "TOO_LONG", "MALFORMED_PERIOD", "MALFORMED_NAME", "UNKNOWN_WORD", "OUT_OF_BOUNDS",
        ];
        Assert.Empty(expected.Except(seen.Keys));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(10)]
    public void A_mapping_that_is_nested_deeply_is_refused(int depth) =>
        Assert.Throws<CommandFailure>(() => FileMapping.Parse("{\"columns\":" + new string('[', depth), "m"));

    private void Judge(BadFile bad, SortedDictionary<string, int> seen)
    {
        var (reports, reasons) = Check(bad.Bytes);
        foreach (var reason in reasons)
        {
            Assert.Contains(reason, Known);
            seen[reason] = seen.GetValueOrDefault(reason) + 1;
        }
        Assert.True(reasons.Count > 0 || !bad.MustComplain, "nothing was wrong with it");
        if (bad.Whole is { } whole)
        {
            var before = whole.Length == 0 ? [] : Check(whole).Reports;
            Assert.All(reports, r => Assert.Contains(r, before));
        }
    }

    private (List<Report> Reports, List<string> Reasons) Check(byte[] bytes)
    {
        var (reports, reasons) = (new List<Report>(), new List<string>());
        try
        {
            using var file = ReportFile.Open(Source(bytes), mapping: null, sheet: null, Small);
            foreach (var read in file.Reports())
            {
                var report = _check.Run(read, file.Plan, out _);
                Assert.Equal(report.Problems.IsEmpty, report.Report is not null);
                reasons.AddRange(report.Problems.Select(p => p.Reason));
                if (report.Report is { } valid)
                    reports.Add(valid);
            }
        }
        catch (CommandFailure failure)
        {
            // What is wrong, with its reason, and what to do.
            Assert.True(failure.Message.Split('\n') is [{ Length: > 0 }, { Length: > 0 }, ..], failure.Message);
            reasons.Add(Assert.Single(Known, k => failure.Message.Contains($"：{k}: ", StringComparison.Ordinal) || failure.Message.Contains($": {k}: ", StringComparison.Ordinal)));
        }
        return (reports, reasons);
    }
}
