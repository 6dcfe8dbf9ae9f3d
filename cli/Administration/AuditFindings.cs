using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Google.Protobuf.Reflection;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>What an audit found, for people.</summary>
internal sealed class AuditFindings(string place, AuditResult result)
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["places"] = Words.Of("核对区域", "places compared"),
        ["cells"] = Words.Of("核对单元", "cells compared"),
        ["differences"] = Words.Of("单元差异", "cells that differ"),
        ["figures"] = Words.Of("核对指标", "indicators compared"),
        ["figure_differences"] = Words.Of("指标差异", "indicators that differ"),
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
            .Title(Markup.Escape(Words.Of($"核对{PlaceArgument.Said(place)}的结果", $"Audit of {PlaceArgument.Said(place)}")))
            .AddColumn("what").AddColumn(new TableColumn("count").RightAligned());
        foreach (var (name, count) in _counts)
            counts.AddRow(new Text(Labels.GetValueOrDefault(name, name.Replace('_', ' '))), new Text(Number(count)));
        console.Write(counts);
        if (result.Listed.Count > 0)
            console.Write(Figures(Words.Of("指标对照", "Figures as the product and as the SQL have them"), result.Listed));
        if (result.Samples.Count > 0)
            console.Write(Samples());
        if (result.FigureSamples.Count > 0)
            console.Write(Figures(Words.Of("指标差异示例", "Some of the indicators that differ"), result.FigureSamples));
        var rebuild = $"clusterpulse rebuild {place}".TrimEnd();
        console.WriteLine(Differences == 0
            ? Words.Of("汇总、指标与明细一致。", "Every aggregate and every indicator is what the facts say.")
            : Words.Of(
                $"""
                 {Number(Differences)} 个汇总或指标与明细不一致。
                 这是应当报告的故障，请保留以上内容；然后运行“{rebuild}”由明细重建，并再次核对。
                 """,
                $"""
                 {Number(Differences)} aggregates or indicators are not what the facts say.
                 Keep this output, it is a fault to report; then run "{rebuild}", which makes them anew from the facts, and audit again.
                 """));
    }

    private Table Samples()
    {
        var table = new Table().Title(Words.Of("差异示例", "Some of the differences")).AddColumns(
            Words.Of("地区", "place"), Words.Of("指标", "measure"), Words.Of("维度", "dimension"), Words.Of("月份", "month"), Words.Of("现值", "live"),
            Words.Of("重算值", "recomputed"));
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
            Words.Of("地区", "place"), Words.Of("指标", "indicator"), Words.Of("标签", "labels"), Words.Of("现值", "live"), Words.Of("重算值", "recomputed"));
        foreach (var sample in figures)
        {
            table.AddRow(
                new Text(sample.Name), new Text(sample.Indicator),
                new Text(string.Join(", ", sample.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))),
                new Text(Said(sample.Live)), new Text(Said(sample.Recomputed)));
        }
        return table;
    }

    private static string Said(AuditedFigure? figure) => figure switch
    {
        null => Words.Of("无", "none"),
        { FigureCase: AuditedFigure.FigureOneofCase.Value } => string.Create(CultureInfo.InvariantCulture, $"{figure.Period}: {figure.Value}"),
        _ => $"{figure.Period}: {figure.Unavailable}",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
