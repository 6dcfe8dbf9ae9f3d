using System.Globalization;
using ClusterPulse.Gateway.Alerts;
using Spectre.Console;

namespace ClusterPulse.Gateway.Demo;

/// <summary>The cases side by side, as section 2 of the paper compares the two kinds of cluster: speed, stability, linkage,
/// embeddedness, and what they come to.</summary>
internal static class DemoComparison
{
    /// <summary>The places that stand for a case: those of foreign investment first, those that grew from within last.</summary>
    private static readonly string[] Cases = ["3205", "4419", "44", "3303", "IT"];

    private static readonly (string Zh, string En, Func<HealthFigures, string?> Read)[] Rows =
    [
        ("速度：产值同比增速", "speed: growth of output in a year", f => Text(f["growth_ratio", "basis=comparable,measure=output,span=12"], "+0.0%;-0.0%;0.0%")),
        ("稳定：增速波动", "stability: volatility of that growth *", f => Text(f["growth_volatility"], "0.0000")),
        ("外资占产值比重", "foreign-funded share of output", f => Text(f["foreign_share", "attribute=all,measure=output"], "0.000")),
        ("联系：本地配套率", "linkage: local linkage rate", f => Text(f["local_linkage_ratio"], "0.0000")),
        ("联系：三月变化", "linkage: change in 3 months", f => Text(f["local_linkage_change", "span=3"], "+0.0000;-0.0000;0.0000")),
        ("联系：本地采购比重", "linkage: local sourcing", f => Text(f["local_sourcing_ratio"], "0.000")),
        ("联系：买家平均供应商数", "linkage: mean suppliers of a buyer", f => Text(f["network_mean_suppliers"], "0.00")),
        ("联系：存续率", "linkage: links alive after a year", f => Text(f["link_survival_ratio"], "0.000")),
        ("根植：根植性指数", "embeddedness: index", f => Text(f["embeddedness_index"], "0.000")),
        ("根植：最大外资来源", "embeddedness: top source of FDI", f => f.TopSource is var (source, share) ? string.Create(CultureInfo.InvariantCulture, $"{source} {share:P0}") : null),
        ("外资份额变动（上级区域内）", "FDI share won or lost in the region above", f => Text(f["fdi_share_change", "among=siblings"], "+0.000;-0.000;0.000")),
        ("中小企业占比", "enterprises under 500 employed", f => Text(f["sme_share", "by=count"], "0.0%")),
        ("集群类型", "type", f => f.State("cluster_type")),
        ("发展阶段", "stage", f => f.State("stage")),
    ];

    public static void Print(IAnsiConsole console, DemoPicture picture)
    {
        var places = Cases.Select(c => picture.Places.FirstOrDefault(p => p.Name == $"regions/{c}")).OfType<V1.Health>().ToList();
        var table = new Table().Title("The cases side by side · 案例对比").AddColumn("");
        foreach (var place in places)
            table.AddColumn(new TableColumn(new Text($"{place.DisplayName.Zh}\n{place.DisplayName.En}")).NoWrap());
        var figures = places.Select(p => new HealthFigures(p)).ToList();
        foreach (var (zh, en, read) in Rows)
            table.AddRow([new Text($"{en} · {zh}"), .. figures.Select(f => new Text(read(f) ?? "–"))]);
        console.Write(table);
        console.WriteLine("* standard deviation of the growth rates of the demo's twelve months that have a year before them; the full measure looks at 36.");
    }

    private static string? Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture);
}
