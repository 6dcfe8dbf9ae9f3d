using System.Globalization;
using ClusterPulse.V1;
using Google.Protobuf.Reflection;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>What an audit found, for people.</summary>
internal sealed class AuditFindings(string place, AuditResult result)
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["places"] = "places compared · 核对区域",
        ["cells"] = "cells compared · 核对单元",
        ["differences"] = "cells that differ · 单元差异",
        ["figures"] = "indicators compared · 核对指标",
        ["figure_differences"] = "indicators that differ · 指标差异",
    };

    /// <summary>All counts of the message, whatever it comes to count: a kind of difference that is added to it must not be
    /// overlooked here.</summary>
    private readonly IReadOnlyList<(string Name, long Count)> _counts =
    [
        .. AuditResult.Descriptor.Fields.InFieldNumberOrder()
            .Where(f => f is { FieldType: FieldType.Int64, IsRepeated: false })
            .Select(f => (f.Name, (long)f.Accessor.GetValue(result))),
    ];

    /// <summary>Differences of every kind.</summary>
    public long Differences => _counts.Where(c => c.Name.EndsWith("differences", StringComparison.Ordinal)).Sum(c => c.Count);

    public void Show(IAnsiConsole console)
    {
        var counts = new Table { Border = TableBorder.Minimal, ShowHeaders = false }
            .Title($"Audit of {Markup.Escape(PlaceArgument.Words(place))} · 核对结果")
            .AddColumn("what").AddColumn(new TableColumn("count").RightAligned());
        foreach (var (name, count) in _counts)
            counts.AddRow(new Text(Labels.GetValueOrDefault(name, name.Replace('_', ' '))), new Text(Number(count)));
        console.Write(counts);
        if (result.Listed.Count > 0)
            console.Write(Figures("Figures as the product and as the SQL have them · 指标对照", result.Listed));
        if (result.Samples.Count > 0)
            console.Write(Samples());
        if (result.FigureSamples.Count > 0)
            console.Write(Figures("Some of the indicators that differ · 指标差异示例", result.FigureSamples));
        console.WriteLine(Differences == 0
            ? "Every aggregate and every indicator is what the facts say. · 汇总、指标与明细一致。"
            : $"""
              {Number(Differences)} aggregates or indicators are not what the facts say. · 汇总或指标与明细不一致。
              Keep this output, it is a fault to report; then run "clusterpulse rebuild{(place.Length == 0 ? "" : " " + place)}", which makes them anew from the facts, and audit again.
              """);
    }

    private Table Samples()
    {
        var table = new Table().Title("Some of the differences · 差异示例").AddColumns(
            "place · 地区", "measure · 指标", "dimension · 维度", "month · 月份", "live · 现值", "recomputed · 重算值");
        foreach (var sample in result.Samples)
        {
            table.AddRow(
                new Text(sample.Name), new Text(sample.Measure), new Text(sample.Dimension), new Text(sample.Period),
                new Text(Number(sample.Live)), new Text(Number(sample.Recomputed)));
        }
        return table;
    }

    private static Table Figures(string title, IEnumerable<FigureDifference> figures)
    {
        var table = new Table().Title(title).AddColumns(
            "place · 地区", "indicator · 指标", "labels · 标签", "live · 现值", "recomputed · 重算值");
        foreach (var sample in figures)
        {
            table.AddRow(
                new Text(sample.Name), new Text(sample.Indicator),
                new Text(string.Join(", ", sample.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))),
                new Text(Words(sample.Live)), new Text(Words(sample.Recomputed)));
        }
        return table;
    }

    private static string Words(AuditedFigure? figure) => figure switch
    {
        null => "none · 无",
        { FigureCase: AuditedFigure.FigureOneofCase.Value } => string.Create(CultureInfo.InvariantCulture, $"{figure.Period}: {figure.Value}"),
        _ => $"{figure.Period}: {figure.Unavailable}",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
