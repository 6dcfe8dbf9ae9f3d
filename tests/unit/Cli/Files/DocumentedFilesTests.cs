using System.Xml.Linq;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Checking;
using ClusterPulse.V1;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Files;

/// <summary>The files that <c>docs/files.md</c> shows are read as it says.</summary>
public sealed class DocumentedFilesTests
{
    private readonly ReportCheck _check = new(new FakeTimeProvider(new(2026, 10, 15, 0, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("wide.csv", "Output Export Employment Output Employment", 0)]
    [InlineData("wide.xlsx", "Output Export Employment Output Employment", 0)]
    [InlineData("long.csv", "Output Export Employment Fdi", 0)]
    [InlineData("fdi.csv", "Fdi Fdi", 0)]
    [InlineData("linkage.csv", "Linkage", 0)]
    [InlineData("sdmx.csv", "Output Employment Fdi Output", 1)]
    [InlineData("by-mapping.csv", "Output Output", 0)]
    [InlineData("gb18030.csv", "Output", 0)]
    public void Each_example_is_whole(string name, string feeds, int withdrawals)
    {
        using var file = ReportFile.Open(Example(name));

        var reports = file.Reports().Select(r => _check.Run(r, file.Plan, out _)).ToList();

        Assert.All(reports, r => Assert.Empty(r.Problems));
        Assert.Equal(feeds, string.Join(' ', reports.Select(r => r.Report!.Feed)));
        Assert.Equal(withdrawals, reports.Count(r => r.Action == FileAction.Withdraw));
    }

    [Fact]
    public void The_mapping_beside_a_file_says_what_its_headers_do_not()
    {
        using var file = ReportFile.Open(Example("by-mapping.csv"));

        var report = file.Reports().First().Report!;

        Assert.Equal(("2026-09", Basis.YearToDate, 1_234_500_000L), (report.Period, report.Basis, report.Output.Value.MinorUnits));
    }

    [Fact]
    public void The_example_of_mistakes_has_one_of_each_kind()
    {
        using var file = ReportFile.Open(Example("mistakes.csv"));

        var problems = file.Reports().SelectMany(r => _check.Run(r, file.Plan, out _).Problems).Select(p => $"{p.Line} {p.Column} {p.Reason}").Distinct();

        Assert.Equal(
            ["2 企业代码 BAD_CHECK_CHARACTER", "3 报告期 MALFORMED_PERIOD", "4 工业总产值(千元) MALFORMED_NUMBER", "5  MALFORMED_ROW"], problems);
    }

    [Fact]
    public void The_published_structure_has_the_components_that_are_read()
    {
        var structure = XDocument.Load(Path.Combine(Docs(), "sdmx", "clusterpulse-reports.xml"));

        var components = structure.Descendants()
            .Where(e => e.Name.LocalName is "Dimension" or "TimeDimension" or "Attribute" or "Measure").Select(e => (string?)e.Attribute("id")).ToList();
        var concepts = structure.Descendants().Where(e => e.Name.LocalName == "Concept").Select(e => (string?)e.Attribute("id"));
        Assert.Equal(components.Order(), concepts.Order());
        var mapping = ClusterPulse.Cli.Files.Sdmx.SdmxColumns.Map(["STRUCTURE", "STRUCTURE_ID", "ACTION", .. components.Select(c => c!)], "s");
        Assert.All(mapping.Columns, c => Assert.NotNull(c.Field));
        Assert.Equal(mapping.Columns.Count, mapping.Columns.Select(c => c.Field).Distinct().Count());
    }

    private static FileInfo Example(string name) => new(Path.Combine(Docs(), "files", name));

    private static string Docs()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClusterPulse.sln")))
                return Path.Combine(folder.FullName, "docs");
        }
        throw new FileNotFoundException("the tests do not run inside the repository");
    }
}
