using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Xunit;
using static ClusterPulse.UnitTests.Cli.Files.FileText;

namespace ClusterPulse.UnitTests.Cli.Files;

public sealed class SdmxTests
{
    private const string Header = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,ENTERPRISE,FEED,COUNTERPART_KIND,COUNTERPART,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,BASIS,OBS_STATUS";
    private const string Structure = "dataflow,CLUSTERPULSE:REPORTS(1.0)";

    [Fact]
    public void Observations_become_reports_and_lines()
    {
        var reports = Reports(
            Header,
            $"{Structure},I,M,{Firm},OUTPUT,_Z,,2026-09,1.5,CNY,6,M,E",
            $"{Structure},R,M,{Firm},EMPLOYMENT,_Z,,2026-M09,80,PERS,,,",
            $"{Structure},A,M,{Firm},FDI,ECONOMY,JP,2026-09,2,USD,4,YTD,",
            $"{Structure},A,M,{Firm},FDI,ECONOMY,HK,2026-09,3,USD,4,YTD,",
            $"{Structure},M,M,{Firm},LINKAGE,REGION,3205,2026-09,7,CNY,3,,");

        Assert.Equal([Feed.Output, Feed.Employment, Feed.Fdi, Feed.Linkage], reports.Select(r => r.Feed));
        Assert.Equal((150_000_000L, ReportStatus.Estimated), (reports[0].Output.Value.MinorUnits, reports[0].Status));
        Assert.Equal(80, reports[1].Employment.Persons);
        Assert.Equal((Basis.YearToDate, 2, 3_000_000L), (reports[2].Basis, reports[2].Fdi.Lines.Count, reports[2].Fdi.Lines[1].Utilised.MinorUnits));
        Assert.Equal("3205", reports[3].Linkage.Lines[0].Region);
    }

    [Fact]
    public void The_action_D_withdraws_a_whole_report()
    {
        var read = Read(Csv(Header, $"{Structure},D,M,{Firm},FDI,,,2026-09,,,,,", $"{Structure},D,M,{Firm},FDI,ECONOMY,JP,2026-08,,,,,"));

        Assert.Equal([FileAction.Withdraw, FileAction.Withdraw], read.Select(r => r.Action));
        Assert.Equal(new Report { Enterprise = "enterprises/uscc-" + Firm, Period = "2026-09", Feed = Feed.Fdi }, read[0].Report);
        Assert.Equal("INCONSISTENT_ROWS", Assert.Single(read[1].Problems).Reason);
    }

    [Theory]
    [InlineData("dataflow,OTHER:REPORTS(1.0),I,M", "STRUCTURE_ID", "UNKNOWN_STRUCTURE")]
    [InlineData("cube,CLUSTERPULSE:REPORTS(1.0),I,M", "STRUCTURE", "UNKNOWN_STRUCTURE")]
    [InlineData("dataflow,CLUSTERPULSE:REPORTS(1.0),X,M", "ACTION", "UNKNOWN_WORD")]
    [InlineData("dataflow,CLUSTERPULSE:REPORTS(1.0),,M", "ACTION", "UNKNOWN_STRUCTURE")]
    [InlineData("dataflow,CLUSTERPULSE:REPORTS(1.0),I,Q", "FREQ", "UNKNOWN_STRUCTURE")]
    public void A_row_of_another_structure_is_refused(string start, string column, string reason)
    {
        var problem = Assert.Single(Assert.Single(Read(Csv(Header, $"{start},{Firm},OUTPUT,_Z,,2026-09,1,CNY,,,"))).Problems);

        Assert.Equal((column, reason), (problem.Column, problem.Reason));
    }

    [Fact]
    public void A_header_that_lacks_a_dimension_is_refused() =>
        Assert.Contains("TIME_PERIOD", Assert.Throws<CommandFailure>(() => Read(Csv(Header.Replace("TIME_PERIOD", "PERIOD", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
}
