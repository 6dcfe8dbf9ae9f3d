using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Sending;

/// <summary>Reports for people.</summary>
internal static class ReportTable
{
    /// <summary>Revisions, a row each.</summary>
    public static Table Of(IEnumerable<ReportRevision> revisions)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("报表", "report"), Words.Of("修订", "revision"), Words.Of("状态", "state"), Words.Of("内容", "content"), Words.Of("报送机构", "bureau"),
            Words.Of("报送批次:行", "submission:row"), Words.Of("入库时间", "committed"), Words.Of("被取代", "replaced"), Words.Of("撤回或指定理由", "withdrawn or chosen because"));
        foreach (var r in revisions)
        {
            string[] cells =
            [
                r.Name, r.Report.Revision.ToString(CultureInfo.InvariantCulture), State(r), Content(r.Report), r.Bureau,
                r.Submission.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{r.Submission[(r.Submission.LastIndexOf('/') + 1)..]}:{r.Row}"),
                Times.Local(r.CommitTime), Times.Local(r.ReplaceTime), Reason(r),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        return table;
    }

    /// <summary>The lines of a report that has some.</summary>
    public static void Lines(IAnsiConsole console, Report report)
    {
        if (report.Fdi is { } fdi)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns(
                Words.Of("来源地", "source"), Words.Of("最终来源地", "ultimate source"), Words.Of("投资方", "investor"), Words.Of("实际使用", "utilised"), Words.Of("合同", "contracted"));
            foreach (var l in fdi.Lines)
                table.AddRow([.. new[] { l.SourceEconomy, l.UltimateSourceEconomy, l.Investor, Amount(l.Utilised), Amount(l.Contracted) }.Select(Markup.Escape)]);
            console.Write(table);
        }
        if (report.Linkage is { } linkage)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns(Words.Of("供应商", "supplier"), Words.Of("采购额", "purchases"));
            foreach (var l in linkage.Lines)
                table.AddRow(Markup.Escape($"{l.Enterprise}{l.UnregisteredCode}{l.Region}{l.SourceEconomy}"), Markup.Escape(Amount(l.Purchases)));
            console.Write(table);
        }
    }

    private static string Content(Report report) => report switch
    {
        { Nil: true } => Words.Of("零报告", "nil"),
        { Output: { } output } => Amount(output.Value),
        { Export: { } export } => Amount(export.Value),
        { Employment: { } employment } => Words.Of($"{employment.Persons} 人", $"{employment.Persons} persons"),
        { Fdi: { } fdi } => Words.Of($"{fdi.Lines.Count} 行", $"{fdi.Lines.Count} lines"),
        { Linkage: { } linkage } => Words.Of($"{linkage.Lines.Count} 行", $"{linkage.Lines.Count} lines"),
        _ => "",
    };

    /// <summary>In the currency's minor unit, as it is stored: nothing is rounded.</summary>
    private static string Amount(Money? money) => money is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{money.MinorUnits:N0} {Words.Of("最小单位", "minor units of")} {money.Currency}");

    private static string Reason(ReportRevision revision) =>
        string.Join("; ", new[] { revision.ChosenBy.Length == 0 ? "" : $"{revision.ChosenBy}: {revision.ChooseReason}", revision.WithdrawReason }.Where(r => r.Length > 0));

    private static string State(ReportRevision revision) => revision.State switch
    {
        ReportRevision.Types.State.Current when revision.Chosen => Words.Of("现行（中心指定）", "current, chosen"),
        ReportRevision.Types.State.Current => Words.Of("现行", "current"),
        ReportRevision.Types.State.Superseded => Words.Of("已被取代", "superseded"),
        ReportRevision.Types.State.Withdrawn => Words.Of("已撤回", "withdrawn"),
        ReportRevision.Types.State.SetAside => Words.Of("未计入", "set aside"),
        _ => "",
    };
}
