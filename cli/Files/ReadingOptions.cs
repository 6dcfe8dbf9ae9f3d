using System.CommandLine;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Files;

/// <summary>How files are read: options that all commands on files have.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<FileInfo> _mapping = new("--mapping")
    {
        Description = Words.Of("列映射文件；缺省为文件旁的 文件.map.json，再缺省则按列名识别", "Mapping of columns; without it FILE.map.json beside the file, and without that by column names"),
    };

    private readonly Option<string> _sheet = new("--sheet") { Description = Words.Of("工作簿中的工作表；缺省为第一张", "Sheet of a workbook; without it the first") };

    public void AddTo(Command command)
    {
        command.Add(_mapping);
        command.Add(_sheet);
    }

    /// <summary>Which sheet is asked for.</summary>
    public string? Sheet(ParseResult parsed) => parsed.GetValue(_sheet);

    /// <exception cref="Server.CommandFailure">The file or its mapping cannot be read.</exception>
    public ReportFile Open(FileInfo file, ParseResult parsed) =>
        ReportFile.Open(file, parsed.GetValue(_mapping) is { } mapping ? FileMapping.Load(mapping) : null, Sheet(parsed));
}
