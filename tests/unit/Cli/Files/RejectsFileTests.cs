using System.Text;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Server;
using Xunit;
using static ClusterPulse.UnitTests.Cli.Files.FileText;

namespace ClusterPulse.UnitTests.Cli.Files;

public sealed class RejectsFileTests : IDisposable
{
    private readonly FileInfo _rejects = new(Path.GetTempFileName());

    public void Dispose() => _rejects.Delete();

    [Fact]
    public void Mended_rows_can_be_sent_as_they_are()
    {
        var text = Rejects(Csv("企业代码;报告期;产值(千元);从业人员;备注", $"{Firm};2026-13;1;;\"a; \"\"b\"\"\"", $"{Firm};2026-09;2;3;", $"{Firm};2026-08;x;y;"));

        var lines = text.TrimStart('\uFEFF').TrimEnd('\n').Split('\n');
        Assert.Equal("reject_line;reject_column;reject_value;reject_reason;reject_rule;企业代码;报告期;产值(千元);从业人员;备注", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith($";{Firm};2026-13;1;;\"a; \"\"b\"\"\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("MALFORMED_NUMBER", lines[2], StringComparison.Ordinal);
        var mended = text.Replace("2026-13", "2026-07", StringComparison.Ordinal).Replace(";x;y;", ";5;6;", StringComparison.Ordinal);
        Assert.Equal(["2026-07", "2026-08", "2026-08"], Reports(Source(Encoding.UTF8.GetBytes(mended))).Select(r => r.Period));
    }

    [Fact]
    public void Rejects_of_rejects_have_the_reasons_once()
    {
        var first = Rejects(Csv("企业代码,报告期,产值(千元)", $"{Firm},2026-13,1"));

        var second = Rejects(Source(Encoding.UTF8.GetBytes(first)));

        Assert.Equal(first, second);
    }

    [Fact]
    public void All_rows_of_a_report_come_back_and_what_is_added_is_no_formula()
    {
        var text = Rejects(Csv("企业代码,报告期,来源地,实际使用外资(万美元)", $"{Firm},2026-09,JP,1", $"{Firm},2026-09,HK,=1+1"));

        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains(",'=1+1,MALFORMED_NUMBER,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($"2,,,,,{Firm},2026-09,HK,=1+1", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_title_lines_say_goes_with_the_rejects()
    {
        var beside = FileMapping.Beside(_rejects);
        try
        {
            Rejects(Csv("2026年9月,,单位：万元", "企业代码,企业名称,工业总产值", $"{Firm},某厂,x"));
            File.WriteAllText(_rejects.FullName, File.ReadAllText(_rejects.FullName).Replace("某厂,x", "某厂,7", StringComparison.Ordinal));

            using var mended = ReportFile.Open(_rejects);

            var report = Assert.Single(mended.Reports()).Report!;
            Assert.Equal(("2026-09", 7_000_000L), (report.Period, report.Output.Value.MinorUnits));
            Assert.Equal(["企业名称"], mended.Unmapped);
        }
        finally
        {
            beside.Delete();
        }
    }

    [Fact]
    public void Rejects_that_their_header_explains_need_no_mapping()
    {
        Rejects(Csv("企业代码,报告期,产值(千元)", $"{Firm},2026-13,1"));

        Assert.False(FileMapping.Beside(_rejects).Exists);
    }

    [Fact]
    public void A_row_that_is_refused_again_later_stands_there_once()
    {
        using var file = ReportFile.Open(Csv("企业代码,报告期,产值(千元),从业人员", $"{Firm},2026-09,x,1", $"{Firm},2026-08,y,2"), null, null, new());
        var reports = file.Reports().ToList();
        using (var rejects = RejectsFile.Of(_rejects, file))
        {
            // As in a send: what cannot be read is known at once, what the server refuses of the same row comes after it.
            foreach (var report in reports.Where(r => r.Report is null).Concat(reports.Where(r => r.Report is not null)))
                rejects.Add(report);
        }

        Assert.Equal(["reject_line", "2", "3"], File.ReadAllLines(_rejects.FullName).Select(l => l.Split(',')[0]));
    }

    [Fact]
    public void A_mapping_that_cannot_be_saved_beside_them_is_said_plainly()
    {
        var beside = Directory.CreateDirectory(FileMapping.Beside(_rejects).FullName);
        try
        {
            var failure = Assert.Throws<CommandFailure>(() => Rejects(Csv("2026年9月,,单位：万元", "企业代码,企业名称,工业总产值", $"{Firm},某厂,x")));

            Assert.Contains(beside.Name, failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            beside.Delete();
        }
    }

    private string Rejects(ClusterPulse.Cli.Files.Rows.FileSource source)
    {
        using var file = ReportFile.Open(source, null, null, new());
        using (var rejects = RejectsFile.Of(_rejects, file))
        {
            foreach (var report in file.Reports().Where(r => r.Report is null))
                rejects.Add(report);
        }
        return File.ReadAllText(_rejects.FullName);
    }
}
