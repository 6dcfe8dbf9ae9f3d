using System.CommandLine;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Output;

/// <summary>For whom the result is printed.</summary>
internal sealed class OutputOptions
{
    private const string Json = "json";

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = Words.Of(
            "table 供人阅读；json 供程序读取，与 API 的 JSON 一致。进度和错误写入标准错误",
            "table for people; json for programs, the same JSON as the API's. Progress and errors go to standard error"),
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<bool> _json = new("--json") { Description = Words.Of("即 --output json", "Short for --output json") };

    public OutputOptions(Command command)
    {
        _output.AcceptOnlyFromAmong("table", Json);
        command.Add(_output);
        command.Add(_json);
    }

    public ResultOutput Of(ParseResult parsed) => new(parsed.GetValue(_json) || parsed.GetRequiredValue(_output) == Json);
}
