using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Server;
using Xunit;
using static ClusterPulse.UnitTests.Cli.Files.FileText;

namespace ClusterPulse.UnitTests.Cli.Files;

public sealed class WorkbookTests
{
    private static readonly string[] Header = ["企业代码", "报告期", "工业总产值(千元)", "从业人员"];

    [Fact]
    public void Numbers_and_days_are_what_was_typed()
    {
        var bytes = Workbooks.Make(("十月", [Header, [Firm, "date:46296", "0.1", "12"], [Firm, "2026年9月", "123456789.01", ""]]));

        var reports = Reports(Source(bytes));

        Assert.Equal(["2026-10", "2026-10", "2026-09"], reports.Select(r => r.Period));
        Assert.Equal((10_000L, 12L, 12_345_678_901_000L), (reports[0].Output.Value.MinorUnits, reports[1].Employment.Persons, reports[2].Output.Value.MinorUnits));
    }

    [Fact]
    public void A_sheet_is_named_and_a_workbook_may_be_compressed_again()
    {
        var bytes = Gzip(Workbooks.Make(("说明", [["本表为测试"]]), ("数据", [Header, [Firm, "2026-09", "1", ""]])));

        using var file = ReportFile.Open(Source(bytes), null, "数据", new());

        Assert.Equal(2, Assert.Single(file.Reports()).FirstLine);
        Assert.Contains("说明, 数据", Assert.Throws<CommandFailure>(() => ReportFile.Open(Source(bytes), null, "不在", new())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<c t="e"><v>#REF!</v></c>""", "#REF!")]
    [InlineData("<c><f>SUM(A1:A9)</f></c>", "#FORMULA")]
    [InlineData("""<c t="str"><f>"x"</f><v>x</v></c>""", "x")]
    public void A_cell_with_an_error_is_not_taken_for_an_empty_one(string cell, string value)
    {
        var read = Read(Source(Workbooks.Make(("s", [Header, [Firm, "2026-09", cell, "5"]]))));

        Assert.Equal((2, "工业总产值(千元)", value, "MALFORMED_NUMBER"), read[0].Problems.Select(p => ((int)p.Line, p.Column, p.Value, p.Reason)).Single());
        Assert.Equal(5, read[1].Report!.Employment.Persons);
    }

    [Fact]
    public void Errors_beyond_those_that_are_remembered_are_not_taken_for_empty_cells()
    {
        var errors = Enumerable.Repeat((string[])[Firm, "2026-09", "", """<c t="e"><v>#N/A</v></c>"""], ErrorCells.Most + 1);

        var failure = Assert.Throws<CommandFailure>(() => Read(Source(Workbooks.Make(("s", [Header, .. errors])))));

        Assert.Contains("DAMAGED_FILE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_of_a_formula_is_read()
    {
        var report = Assert.Single(Reports(Source(Workbooks.Make(("s", [Header, [Firm, "2026-09", "<c><f>1+1</f><v>2</v></c>", ""]])))));

        Assert.Equal(200_000, report.Output.Value.MinorUnits);
    }

    [Theory]
    [InlineData("""<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>""")]
    [InlineData("""<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>""")]
    [InlineData("""<row r="x"><c r="A"><v>1""")]
    public void A_sheet_that_cannot_be_is_refused(string row)
    {
        var xml = Workbooks.Sheet([Header, [Firm, "2026-09", "1", ""]]).Replace("</sheetData>", row + "</sheetData>", StringComparison.Ordinal);

        IEnumerable<string> Reasons()
        {
            try
            {
                return Read(Source(Workbooks.Make([("s", xml)]))).SelectMany(r => r.Problems).Select(p => p.Reason);
            }
            catch (CommandFailure e)
            {
                return [e.Message];
            }
        }

        Assert.Contains(Reasons(), r => r.Contains("EXPANDS_TOO_FAR", StringComparison.Ordinal) || r.Contains("DAMAGED_FILE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_part_that_expands_too_far_is_refused()
    {
        var bytes = Workbooks.Make([("s", Workbooks.Sheet([Header]))], ("xl/sharedStrings.xml", new byte[1 << 20]));

        var failure = Assert.Throws<CommandFailure>(() => Read(Source(bytes), limits: new FileLimits { ExpandedBytes = 1 << 16, ExpansionRatio = 5 }));

        Assert.Contains("EXPANDS_TOO_FAR", failure.Message, StringComparison.Ordinal);
    }
}
