using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Explain;

/// <summary>The leading enterprises, for people.</summary>
internal sealed class LeadingView(RankLeadingEnterprisesRequest request, RankLeadingEnterprisesResponse answer)
{
    public void Show(IAnsiConsole console)
    {
        if (answer.Enterprises.Count == 0)
        {
            var why = answer.Unavailable == Unavailable.Unspecified ? Words.Of("均无数据", "nobody has any") : FigureWords.Why(answer.Unavailable);
            console.WriteLine(Words.Of($"{request.Name} 没有按 {request.By} 的排名：{why}。", $"{request.Name} has no ranking by {request.By}: {why}."));
            return;
        }
        var table = new Table()
            .Title(Markup.Escape(Words.Of(
                $"{request.Name} 按 {request.By} 的龙头企业，截至 {answer.Period} 的十二个月",
                $"{request.Name} by {request.By}, twelve months to {answer.Period}")))
            .AddColumns(Words.Of("企业", "enterprise"), "名称", "name");
        string[] columns =
        [
            Words.Of("产值，元", "output CNY"), Words.Of("占比", "share"), Words.Of("本地供应商", "suppliers"), Words.Of("上年", "year before"),
            Words.Of("流失", "lost"),
        ];
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var e in answer.Enterprises)
        {
            table.AddRow(
                new Text(e.Name["enterprises/".Length..]), new Text(e.DisplayName.Zh), new Text(e.DisplayName.En),
                new Text(e.HasOutputCny ? e.OutputCny.ToString("N0", CultureInfo.InvariantCulture) : ""),
                new Text(e.HasShare ? e.Share.ToString("P1", CultureInfo.InvariantCulture) : ""),
                Count(e.HasSuppliers, e.Suppliers), Count(e.HasSuppliersYearBefore, e.SuppliersYearBefore), Count(e.HasSuppliersLost, e.SuppliersLost));
        }
        console.Write(table);
    }

    private static Text Count(bool has, long value) => new(has ? value.ToString(CultureInfo.InvariantCulture) : "");
}
