using System.Globalization;
using ClusterPulse.Gateway.Alerts;
using Spectre.Console;

namespace ClusterPulse.Gateway.Demo;

/// <summary>Prints the demo's picture: health of each place, alerts, what to open next.</summary>
internal static class DemoReport
{
    private static readonly (string Zh, string En)[] Headings =
    [
        ("名称", "place"), ("地区", "name"), ("企业", "firms"), ("外资", "foreign"), ("配套率", "linkage"), ("三月变化", "3 months"),
        ("供应商", "suppliers"), ("配套园区", "estates"), ("本地采购", "sourcing"), ("HHI", "HHI"), ("最大来源", "top source"),
        ("出口强度", "exports"), ("同比增速", "growth"), ("中小企业", "SME"),
    ];

    public static void Print(IAnsiConsole console, DemoPicture picture)
    {
        var table = new Table().Title("Health of each region and estate · 各区域与园区健康状况");
        foreach (var (zh, en) in Headings)
            table.AddColumn(new TableColumn($"{zh}\n{en}").NoWrap());
        foreach (var place in picture.Places)
        {
            var figures = new HealthFigures(place);
            table.AddRow(
                new Text(place.Name),
                new Text(place.DisplayName.Zh),
                Count(figures.Sum("enterprises")),
                Count(figures.Sum("enterprises", "ownership=hmt", "ownership=foreign")),
                Number(figures["local_linkage_ratio"], "0.0000"),
                Number(figures["local_linkage_change", "span=3"], "+0.0000;-0.0000;0.0000"),
                Count(figures["suppliers_reached"]),
                new Text(figures["estates"] is { } estates ? $"{figures["estates_linked"]:0} of {estates:0}" : "–"),
                Number(figures["local_sourcing_ratio"], "0.000"),
                Number(figures["fdi_source_hhi", "basis=immediate"], "0.000"),
                new Text(figures.TopSource is var (source, share) ? string.Create(CultureInfo.InvariantCulture, $"{source} {share:P0}") : "–"),
                Number(figures["export_intensity"], "0.00"),
                Number(figures["growth_ratio", "basis=comparable,measure=output,span=12"], "+0.0%;-0.0%;0.0%"),
                Number(figures["sme_share", "by=count"], "0.0%"));
        }
        console.Write(table);

        var alerts = AlertRules.Evaluate(picture.Places, picture.Thresholds);
        var list = new Table().Title("Alerts that the rules raise · 规则触发的预警").AddColumns("alert", "place", "name", "why");
        foreach (var alert in alerts)
            list.AddRow(new Text(alert.Name), new Text($"{alert.Level}/{alert.Code}"), new Text(alert.Path), new Text(alert.Why));
        console.Write(list);
    }

    public static void PrintNext(IAnsiConsole console, DemoAddress at) => console.WriteLine(
        $"""

        It goes on serving; stop it with Ctrl+C. Open next:
          http://{at.Host}:{at.HttpPort}/metrics/domain                 gauges for Prometheus (deploy/prometheus)
          http://{at.Host}:{at.HttpPort}/v1/regions/3205/health         Suzhou as JSON
          http://{at.Host}:{at.HttpPort}/v1/observations?names=regions/3205&indicators=local_linkage_ratio
          gRPC with reflection on {at.Host}:{at.GrpcPort}; /metrics and /healthz beside the above.
        """);

    private static Text Count(double? value) => Number(value, "0");

    private static Text Number(double? value, string format) =>
        new(value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–");
}
