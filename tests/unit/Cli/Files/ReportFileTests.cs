using System.Security.Cryptography;
using System.Text;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Xunit;
using static ClusterPulse.UnitTests.Cli.Files.FileText;

namespace ClusterPulse.UnitTests.Cli.Files;

public sealed class ReportFileTests
{
    private const string Wide = "统一社会信用代码,报告期,工业总产值(千元),出口交货值（万美元）,从业人员平均人数(人)";

    [Theory]
    [InlineData("utf-8", false, false)]
    [InlineData("utf-8", true, false)]
    [InlineData("GB18030", false, false)]
    [InlineData("GB18030", false, true)]
    [InlineData("utf-16", true, false)]
    public void A_wide_row_makes_a_report_of_each_value_in_any_encoding(string encoding, bool hasMark, bool isGzip)
    {
        var coding = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] bytes = [.. hasMark ? coding.GetPreamble() : [], .. coding.GetBytes($"{Wide}\n{Firm},2026年9月,\"1,234.5\",２,80\n")];

        var reports = Reports(Source(isGzip ? Gzip(bytes) : bytes));

        Assert.Equal(
            [
                new Report { Enterprise = "enterprises/uscc-" + Firm, Period = "2026-09", Feed = Feed.Output, Output = new() { Value = Money("CNY", 123_450_000) } },
                new Report { Enterprise = "enterprises/uscc-" + Firm, Period = "2026-09", Feed = Feed.Export, Export = new() { Value = Money("USD", 2_000_000) } },
                new Report { Enterprise = "enterprises/uscc-" + Firm, Period = "2026-09", Feed = Feed.Employment, Employment = new() { Persons = 80 } },
            ],
            reports);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void A_long_file_names_the_feed_of_each_row_whatever_separates_its_cells(string delimiter)
    {
        string[] lines = ["enterprise,period,feed,value,unit,basis,status", $"{Firm},202609,export,3,万美元,ytd,final", $"{Firm},2026-09,employment,1.2,千人,,"];

        var reports = Reports([.. lines.Select(l => l.Replace(",", delimiter, StringComparison.Ordinal))]);

        Assert.Equal(
            [
                new Report
                {
                    Enterprise = "enterprises/uscc-" + Firm, Period = "2026-09", Feed = Feed.Export, Basis = Basis.YearToDate, Status = ReportStatus.Final,
                    Export = new() { Value = Money("USD", 3_000_000) },
                },
                new Report { Enterprise = "enterprises/uscc-" + Firm, Period = "2026-09", Feed = Feed.Employment, Employment = new() { Persons = 1_200 } },
            ],
            reports);
    }

    [Fact]
    public void Rows_of_fdi_that_stand_together_make_one_report()
    {
        var read = Read(Csv(
            "企业代码,报告期,来源国别地区,实际使用外资(万美元),合同外资(万美元),项目数",
            $"{Firm},2026-09,JP,10,20,1", $"{Firm},2026-09,HK,5,,", $"{Firm},2026-10,JP,1,,"));

        Assert.Equal([(2L, 3L), (4L, 4L)], read.Select(r => (r.FirstLine, r.LastLine)));
        Assert.Equal(
            new FdiReport
            {
                Lines =
                {
                    new FdiLine { SourceEconomy = "JP", Utilised = Money("USD", 10_000_000), Contracted = Money("USD", 20_000_000), ProjectCount = 1 },
                    new FdiLine { SourceEconomy = "HK", Utilised = Money("USD", 5_000_000) },
                },
            },
            read[0].Report!.Fdi);
        Assert.Equal(2, read[0].Rows.Length);
    }

    [Fact]
    public void Rows_of_linkage_name_suppliers_in_four_ways()
    {
        var report = Assert.Single(Reports(
            "企业代码,报告期,供应商,未登记供应商,供应商区划,进口来源地,采购额(万元)",
            $"{Firm},2026-09,{Firm},,,,1", $"{Firm},2026-09,,X-7,,,2", $"{Firm},2026-09,,,3205,,3", $"{Firm},2026-09,,,,jp,4"));

        Assert.Equal(
            [
                new LinkageLine { Enterprise = "enterprises/uscc-" + Firm, Purchases = Money("CNY", 1_000_000) },
                new LinkageLine { UnregisteredCode = "X-7", Purchases = Money("CNY", 2_000_000) },
                new LinkageLine { Region = "3205", Purchases = Money("CNY", 3_000_000) },
                new LinkageLine { SourceEconomy = "JP", Purchases = Money("CNY", 4_000_000) },
            ],
            report.Linkage.Lines);
    }

    [Fact]
    public void Lines_of_one_report_that_stand_apart_are_refused()
    {
        var read = Read(Csv(
            "企业代码,报告期,来源国别地区,实际使用外资(万美元)", $"{Firm},2026-09,JP,10", $"{Firm},2026-10,JP,10", $"{Firm},2026-09,HK,5"));

        Assert.Equal(["", "", "INCONSISTENT_ROWS"], read.Select(r => string.Join(' ', r.Problems.Select(p => p.Reason))));
        Assert.Null(read[2].Report);
    }

    [Fact]
    public void A_row_that_cannot_be_read_puts_the_line_reports_beside_it_in_doubt()
    {
        var read = Read(Csv(
            "企业代码,报告期,来源国别地区,实际使用外资(万美元)", $"{Firm},2026-08,JP,10", $"{Firm},2026-09,JP", $"{Firm},2026-10,JP,10", $"{Firm},2026-07,JP,10"));

        Assert.Equal(
            ["MALFORMED_ROW", "INCONSISTENT_ROWS", "INCONSISTENT_ROWS", ""],
            read.Select(r => string.Join(' ', r.Problems.Select(p => p.Reason))));
        Assert.All(read.Take(3), r => Assert.Null(r.Report));
    }

    [Fact]
    public void The_same_report_twice_is_not_taken_for_a_revision()
    {
        var read = Read(Csv("企业代码,报告期,产值(千元),修订号", $"{Firm},2026-09,1,", $"{Firm},2026-09,2,", $"{Firm},2026-09,3,2"));

        Assert.Equal(["", "REPEATED_LINE", ""], read.Select(r => string.Join(' ', r.Problems.Select(p => p.Reason))));
    }

    [Theory]
    [InlineData("2026-13,1,1", "报告期", "2026-13", "MALFORMED_PERIOD")]
    [InlineData(",1,1", "报告期", "", "MISSING_FIELD")]
    [InlineData("2026-09,=SUM(A1),", "产值(千元)", "=SUM(A1)", "MALFORMED_NUMBER")]
    [InlineData("2026-09,1E+05,", "产值(千元)", "1E+05", "MALFORMED_NUMBER")]
    [InlineData("2026-09,\"1,23\",", "产值(千元)", "1,23", "MALFORMED_NUMBER")]
    [InlineData("2026-09,0.000001,", "产值(千元)", "0.000001", "TOO_PRECISE")]
    [InlineData("2026-09,99999999999999999999999,", "产值(千元)", "99999999999999999999999", "OUT_OF_BOUNDS")]
    [InlineData("2026-09,,0.5", "从业人员", "0.5", "TOO_PRECISE")]
    [InlineData("2026-09,,", "产值(千元)", "", "MISSING_FIELD")]
    public void What_is_wrong_is_named_by_line_column_and_value(string cells, string column, string value, string reason)
    {
        var read = Assert.Single(Read(Csv("企业代码,报告期,产值(千元),从业人员", $"{Firm},{cells}")));

        var problem = Assert.Single(read.Problems);
        Assert.Equal((2, column, value, reason), (problem.Line, problem.Column, problem.Value, problem.Reason));
        Assert.Null(read.Report);
        Assert.Equal(Firm, read.Rows[0][0]);
    }

    [Fact]
    public void What_is_wrong_with_one_value_of_a_row_leaves_the_others()
    {
        var read = Read(Csv("企业代码,报告期,产值(千元),从业人员", $"{Firm},2026-09,abc,5"));

        Assert.Equal(["MALFORMED_NUMBER", ""], read.Select(r => string.Join(' ', r.Problems.Select(p => p.Reason))));
        Assert.Equal(5, read[1].Report!.Employment.Persons);
    }

    [Fact]
    public void Title_lines_give_the_unit_and_the_period()
    {
        var report = Assert.Single(Reports("规模以上工业企业产值表,,", "2026年9月,,单位：万元", "企业代码,企业名称,工业总产值", $"{Firm},某厂,1"));

        Assert.Equal(("2026-09", 1_000_000L), (report.Period, report.Output.Value.MinorUnits));
    }

    [Fact]
    public void The_month_is_read_where_the_year_to_date_stands_beside_it_and_what_is_not_read_is_told()
    {
        using var file = ReportFile.Open(
            Csv("企业代码,企业名称,报告期,产值本月(千元),产值1—9月(千元),上年同期产值(千元)", $"{Firm},某厂,2026-09,1,9,8"), null, null, new());

        Assert.Equal(["企业名称", "产值1—9月(千元)", "上年同期产值(千元)"], file.Unmapped);
        var report = Assert.Single(file.Reports()).Report!;
        Assert.Equal((Basis.Month, 100_000L), (report.Basis, report.Output.Value.MinorUnits));
    }

    [Fact]
    public void A_header_that_means_other_things_too_is_taken_by_its_values()
    {
        using var firms = ReportFile.Open(Csv("企业,企业代码,单位,报告期,产值(千元),状态", $"某厂,{Firm},某单位,2026-09,1,营业"), null, null, new());
        using var units = ReportFile.Open(Csv("企业,报告期,feed,value,单位,状态", $"{Firm},2026-09,output,1,万元,初步"), null, null, new());

        Assert.Equal(["企业", "单位", "状态"], firms.Unmapped);
        Assert.Equal(100_000, Assert.Single(firms.Reports()).Report!.Output.Value.MinorUnits);
        Assert.Empty(units.Unmapped);
        Assert.Equal(1_000_000, Assert.Single(units.Reports()).Report!.Output.Value.MinorUnits);
    }

    [Fact]
    public void A_row_without_a_feed_says_so()
    {
        var problem = Assert.Single(Assert.Single(Read(Csv("企业代码,报告期,feed,value,unit", $"{Firm},2026-09,,1,元"))).Problems);

        Assert.Equal(("feed", "MISSING_FIELD"), (problem.Column, problem.Reason));
    }

    [Fact]
    public void A_nil_return_has_no_value()
    {
        var reports = Reports("企业代码,报告期,feed,value,unit,零报告", $"{Firm},2026-09,fdi,,,是", $"{Firm},2026-09,export,0,元,yes");

        Assert.All(reports, r => Assert.True(r.Nil));
        Assert.Equal([Feed.Fdi, Feed.Export], reports.Select(r => r.Feed));
    }

    [Fact]
    public void A_file_without_a_unit_is_not_guessed_at()
    {
        var failure = Assert.Throws<CommandFailure>(() => Read(Csv("企业代码,报告期,工业总产值", $"{Firm},2026-09,1")));

        Assert.Contains("UNKNOWN_UNIT", failure.Message, StringComparison.Ordinal);
        Assert.Contains("工业总产值", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_says_what_headers_do_not()
    {
        var mapping = FileMapping.Parse(
            """
            {"columns": [{"header": "代码", "field": "enterprise"}, {"header": "产出", "field": "value", "unit": "百万元"}, {"header": "备用", "field": "ignore"}],
             "feed": "output", "period": "2026-09", "header_line": 1, "decimal_sign": ","}
            """, "test.map.json");

        var report = Assert.Single(Reports(Csv("代码;产出;备用", $"{Firm};1,5;x"), mapping));

        Assert.Equal(("2026-09", 150_000_000L), (report.Period, report.Output.Value.MinorUnits));
    }

    [Theory]
    [InlineData("""{"columns": [{"header": "x", "field": "nonsense"}]}""")]
    [InlineData("""{"columns": [{"header": "x", "field": "output", "unit": "斤"}]}""")]
    [InlineData("""{"columns": [], "surplus": 1}""")]
    [InlineData("""{"columns": [{"header": "不在", "field": "output", "unit": "元"}]}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void A_mapping_that_cannot_be_meant_is_refused(string json) =>
        Assert.Throws<CommandFailure>(() => Reports(Csv("企业代码,报告期,产值(元)", $"{Firm},2026-09,1"), FileMapping.Parse(json, "m")));

    [Fact]
    public void A_mapping_of_another_month_does_not_bring_that_month_along()
    {
        var august = FileMapping.Parse("""{"columns": [{"header": "代码", "field": "enterprise"}, {"header": "产出", "field": "output", "unit": "元"}], "period": "2026年8月"}""", "m");

        Assert.Equal("2026-08", Assert.Single(Reports(Csv("产值表,2026年8月", "代码,产出", $"{Firm},1"), august)).Period);
        Assert.Contains("2026年9月", Assert.Throws<CommandFailure>(() => Reports(Csv("产值表,2026年9月", "代码,产出", $"{Firm},1"), august)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Italian_firm_is_named_by_its_partita_iva() =>
        Assert.Equal("enterprises/piva-00743110157", Assert.Single(Reports("Partita IVA;Periodo;Addetti", "00743110157;2026-09;7")).Enterprise);

    [Fact]
    public void The_checksum_is_that_of_the_file_as_it_lies_there()
    {
        var bytes = Gzip(Encoding.UTF8.GetBytes($"企业代码,报告期,产值(元)\n{Firm},2026-09,1\n"));
        using var file = ReportFile.Open(Source(bytes), null, null, new());

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.Sha256);
    }

    [Fact]
    public void A_gzip_that_breaks_off_gives_no_report()
    {
        var bytes = Gzip(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 500).Select(i => $"{Firm},2026-{(i % 12) + 1:D2},{i * 7919}").Prepend("企业代码,报告期,产值(元)"))));

        var failure = Assert.Throws<CommandFailure>(() => Read(Source(bytes[..(bytes.Length / 2)])));

        Assert.Contains("DAMAGED_FILE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_that_expands_too_far_is_refused()
    {
        var bomb = Gzip(new byte[2 << 20]);

        var failure = Assert.Throws<CommandFailure>(() => Read(Source(bomb), limits: new() { ExpandedBytes = 1 << 16, ExpansionRatio = 20 }));

        Assert.Contains("EXPANDS_TOO_FAR", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_not_closed_stops_the_file_and_never_fills_memory()
    {
        var read = Read(
            Csv([.. Enumerable.Range(0, 5_000).Select(i => i == 10 ? $"{Firm},2026-09,\"1" : $"{Firm},2026-09,1,").Prepend("企业代码,报告期,产值(元),修订号")]),
            limits: new() { RowCharacters = 10_000 });

        Assert.Equal("TOO_LONG", read[^1].Problems[0].Reason);
        Assert.Equal(12, read[^1].FirstLine);
    }

    private static Money Money(string currency, long minorUnits) => new() { Currency = currency, MinorUnits = minorUnits };
}
