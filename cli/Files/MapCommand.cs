using System.CommandLine;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using ClusterPulse.Cli.Server;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace ClusterPulse.Cli.Files;

/// <summary>Proposes how a file is read, shows the columns that nothing is read from, and saves the proposal beside the file.</summary>
internal sealed class MapCommand : Command
{
    private readonly Argument<FileInfo> _file = new("file") { Description = Words.Of("CSV、.xlsx、SDMX-CSV，可用 gzip 压缩", "CSV, .xlsx or SDMX-CSV, compressed by gzip or not") };
    private readonly Option<string> _sheet = new("--sheet") { Description = Words.Of("工作簿中的工作表；缺省为第一张", "Sheet of a workbook; without it the first") };
    private readonly Option<bool> _save = new("--save") { Description = Words.Of("保存为文件旁的 文件.map.json", "Save it beside the file, as FILE.map.json") };
    private readonly Option<FileInfo> _mapping = new("--mapping") { Description = Words.Of("保存到此文件", "Save it to this file instead") };
    private readonly Option<bool> _force = new("--force") { Description = Words.Of("覆盖已有映射", "Replace a mapping that is there") };
    private readonly OutputOptions _output;

    public MapCommand() : base("map", Words.Of(
        """
        按列名、计量单位和样例值提出列映射，列出未识别的列

        示例：clusterpulse map 2026-10.xlsx --save
        """,
        """
        Propose what the columns of a file mean, by their names, units and values; shows those that are not known

        Example: clusterpulse map 2026-10.csv --save
        """))
    {
        Add(_file);
        foreach (var option in new System.CommandLine.Option[] { _sheet, _save, _mapping, _force })
            Add(option);
        _output = new(this);
        SetAction((parsed, _) => CommandGuard.RunAsync(() => Task.FromResult(Run(parsed))));
    }

    private ExitCode Run(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(_file);
        var mapping = ReportFile.Propose(file, parsed.GetValue(_sheet), out var samples);
        _output.Of(parsed).Print(JsonParser.Default.Parse<Struct>(mapping.ToJson()), console => Show(console, mapping, samples));
        if (parsed.GetValue(_save) || parsed.GetValue(_mapping) is not null)
            Save(mapping, parsed.GetValue(_mapping) ?? FileMapping.Beside(file), parsed.GetValue(_force));
        return ExitCode.Done;
    }

    private static void Show(IAnsiConsole console, FileMapping mapping, IReadOnlyList<SampleRow> samples)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("列", "column"), Words.Of("含义", "means"), Words.Of("单位", "unit"), Words.Of("口径", "basis"), Words.Of("样例", "first value"));
        var first = samples.FirstOrDefault(s => s.Line > mapping.HeaderLine).Cells ?? [];
        foreach (var (column, i) in mapping.Columns.Select((c, i) => (c, i)))
        {
            var meaning = column.Field switch
            {
                null => Words.Of("未映射", "UNMAPPED"),
                FileField.Ignore => Words.Of("忽略", "left out"),
                { } field => field.Word(),
            };
            string[] cells = [column.Header, meaning, column.Unit ?? "", column.Basis ?? "", i < first.Length ? first[i] : ""];
            table.AddRow([.. cells.Select(c => Markup.Escape(c))]);
        }
        console.Write(table);
        console.WriteLine(Words.Of($"列名行：{mapping.HeaderLine}", $"line of column names: {mapping.HeaderLine}"));
        foreach (var (zh, en, value) in new[] { ("单位", "unit", mapping.Unit), ("报告期", "period", mapping.Period), ("小数点", "decimal sign", mapping.DecimalSign?.ToString()) })
        {
            if (value is not null)
                console.WriteLine(Words.Of($"全部行 {zh}：{value}", $"{en} of all rows: {value}"));
        }
        var unmapped = mapping.Columns.Count(c => c.Field is null);
        if (unmapped > 0)
            console.WriteLine(Words.Of($"{unmapped} 列未映射，不会报送。", $"Unmapped columns, which are not sent: {unmapped}."));
    }

    private static void Save(FileMapping mapping, FileInfo to, bool force)
    {
        try
        {
            using var stream = new FileStream(to.FullName, force ? FileMode.Create : FileMode.CreateNew);
            using var writer = new StreamWriter(stream);
            writer.Write(mapping.ToJson());
        }
        catch (IOException) when (!force && to.Exists)
        {
            throw new CommandFailure(
                Words.Of($"{to} 已存在。", $"{to} is there already."), Words.Of("用 --force 覆盖，或用 --mapping 另存。", "Replace it with --force, or save to another file with --mapping."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Unreadable(to.ToString(), e);
        }
        Console.Error.WriteLine(Words.Of($"已保存 {to}", $"Saved {to}"));
    }
}
