using System.Globalization;
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
            var why = answer.Unavailable == Unavailable.Unspecified ? "nobody has any" : answer.Unavailable.ToString();
            console.WriteLine($"{request.Name} has no ranking by {request.By}: {why}. · 无排名。");
            return;
        }
        var table = new Table()
            .Title($"{Markup.Escape(request.Name)} by {request.By}, twelve months to {answer.Period} · 龙头企业")
            .AddColumns("enterprise · 企业", "名称", "name");
        foreach (var column in (string[])["output CNY · 产值", "share · 占比", "suppliers · 本地供应商", "year before · 上年", "lost · 流失"])
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
