using System.Globalization;
using ClusterPulse.Cli.Explain;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Health;

/// <summary>Indicators of a place, for people.</summary>
internal static class HealthView
{
    public static void Show(IAnsiConsole console, V1.Health health, ListIndicatorsResponse catalogue)
    {
        var names = catalogue.Indicators.ToDictionary(i => i.Name, StringComparer.Ordinal);
        var table = new Table { Border = TableBorder.Simple }
            .Title(Markup.Escape($"{health.Name} {Words.Of(health.DisplayName?.Zh ?? "", health.DisplayName?.En ?? "")}".Trim()))
            .AddColumns(Words.Of("指标", "indicator"), Words.Of("名称", "name"), Words.Of("月份", "month"));
        table.AddColumn(new TableColumn(Words.Of("数值", "value")).RightAligned());
        table.AddColumns(Words.Of("单位", "unit"), Words.Of("状态", "status"));
        table.AddColumn(new TableColumn(Words.Of("覆盖率", "coverage")).RightAligned());
        foreach (var figure in health.Observations)
        {
            var meant = names.GetValueOrDefault(figure.Indicator);
            table.AddRow(
                new Text(figure.Id() + figure.LabelWords()), new Text(Words.Of(meant?.DisplayName.Zh ?? "", meant?.DisplayName.En ?? "")), new Text(figure.Period),
                new Text(figure.ValueWords()), new Text(meant?.Unit ?? ""), new Text(Status(figure)), new Text(Coverage(figure)));
        }
        console.Write(table);
    }

    public static void ShowHistory(IAnsiConsole console, QueryObservationsResponse history)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(Words.Of("指标", "indicator"), Words.Of("月份", "month"));
        table.AddColumn(new TableColumn(Words.Of("数值", "value")).RightAligned());
        table.AddColumns(Words.Of("状态", "status"), Words.Of("自何时所知", "known from"));
        foreach (var figure in history.Observations)
        {
            table.AddRow(
                new Text(figure.Id() + figure.LabelWords()), new Text(figure.Period), new Text(figure.ValueWords()), new Text(Status(figure)),
                new Text(figure.KnownFrom?.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? ""));
        }
        console.Write(table);
        console.WriteLine(Words.Of($"{history.Observations.Count} 个数字。", $"{history.Observations.Count} figures."));
    }

    private static string Status(Observation figure) => figure.Status switch
    {
        FigureStatus.Flash => Words.Of("快报", "flash"),
        FigureStatus.Provisional => Words.Of("初步", "provisional"),
        FigureStatus.Final => Words.Of("最终", "final"),
        _ => "",
    };

    private static string Coverage(Observation figure) => figure.Period.Length == 0 ? "" : figure.Coverage.ToString("P0", CultureInfo.InvariantCulture);
}
