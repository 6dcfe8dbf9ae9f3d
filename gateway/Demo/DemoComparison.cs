using System.Globalization;
using ClusterPulse.Demo;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Alerts;
using ClusterPulse.Indicators;
using Spectre.Console;

namespace ClusterPulse.Gateway.Demo;

/// <summary>The cases side by side, as section 2 of the paper compares the two kinds of cluster: speed, stability, linkage,
/// embeddedness, and what they come to.</summary>
internal static class DemoComparison
{
    private const int MonthsOfYear = 12;

    /// <summary>The places that stand for a case: those of foreign investment first, those that grew from within last.</summary>
    public static IReadOnlyList<string> Places { get; } = [.. new[] { "3205", "4419", "44", "3303", DemoFacts.Italy }.Select(c => $"regions/{c}")];

    private static readonly (string Zh, string En, Func<HealthFigures, string?> Read)[] Rows =
    [
        ("速度：从业人员同比增速", "speed: growth of employment in a year", f => Text(f["growth_ratio", "basis=comparable,measure=employment,span=12"], "+0.0%;-0.0%;0.0%")),
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

    /// <param name="console">Where to.</param>
    /// <param name="picture">What was read.</param>
    /// <param name="rates">What the demo's money was converted with.</param>
    public static void Print(IAnsiConsole console, DemoPicture picture, IReadOnlyList<DemoRate> rates)
    {
        var places = Places.Select(name => picture.Places.FirstOrDefault(p => p.Name == name)).OfType<V1.Health>().ToList();
        var table = new Table().Title("The cases side by side · 案例对比").AddColumn("");
        foreach (var place in places)
            table.AddColumn(new TableColumn(new Text($"{place.DisplayName.Zh}\n{place.DisplayName.En}")).NoWrap());
        var figures = places.Select(p => new HealthFigures(p)).ToList();
        var growth = places.Select(p => InOwnCurrency(p.Name, picture.Growth[p.Name], rates)).ToList();
        AddRow("speed: growth of output in a year * · 速度：产值同比增速", g => g.LastOrDefault(), "+0.0%;-0.0%;0.0%");
        AddRow("stability: its standard deviation ** · 稳定：增速标准差", GrowthVolatility.Deviation, "0.0000");
        AddRow("stability: from its lowest to its highest ** · 稳定：增速极差", g => g.Max() - g.Min(), "0.000");
        foreach (var (zh, en, read) in Rows)
            table.AddRow([new Text($"{en} · {zh}"), .. figures.Select(f => new Text(read(f) ?? "–"))]);
        console.Write(table);
        console.WriteLine("*  comparable, in the money that is reported: the gauges are in CNY, and for Italy show the euro's rise too.");
        console.WriteLine("** of the twelve months that have a year before them; the full measure looks at 36.");

        void AddRow(string what, Func<List<double>, double> read, string format) => table.AddRow(
            [new Text(what), .. growth.Select(g => new Text((g.Count > 1 ? Text(read(g), format) : null) ?? "–"))]);
    }

    /// <summary>Growth by month, without what the rates of the two months add to it.</summary>
    private static List<double> InOwnCurrency(string place, IEnumerable<(string Period, double Growth)> growth, IReadOnlyList<DemoRate> rates)
    {
        var yuan = rates.Where(r => r.Target == "CNY").ToDictionary(r => r.Period, r => r.Rate, StringComparer.Ordinal);
        var reported = place == $"regions/{DemoFacts.Italy}" ? yuan : [];
        return [.. growth.OrderBy(g => g.Period, StringComparer.Ordinal)
            .Select(g => ((1 + g.Growth) * Rate(Month.Parse(g.Period) - MonthsOfYear) / Rate(Month.Parse(g.Period))) - 1)];

        double Rate(Month month) => reported.GetValueOrDefault(month.ToString(), 1);
    }

    private static string? Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture);
}
