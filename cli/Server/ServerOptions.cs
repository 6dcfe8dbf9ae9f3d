using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Server;

/// <summary>Which server to ask, and how long.</summary>
internal sealed class ServerOptions
{
    public const string Variable = "CLUSTERPULSE_SERVER";
    private const string Default = "http://127.0.0.1:5001";

    private readonly Option<Uri> _server = new("--server")
    {
        Description = Words.Of($"服务器的 gRPC 地址；也可由环境变量 {Variable} 给出", $"gRPC address of the server; also taken from the environment variable {Variable}"),
        HelpName = Words.Of("地址", "address"),
        DefaultValueFactory = result =>
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } fromVariable ? Read(fromVariable, Variable, result) : new Uri(Default),
        CustomParser = result => Read(result.Tokens[^1].Value, "--server", result),
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        Description = Words.Of(
            "整个命令至多等待的秒数；省略则等到完成。服务器失联总会在一分钟内发现",
            "Most seconds that the whole command may take; without it as long as it takes. A server that is gone is noticed within a minute in any case"),
        HelpName = Words.Of("秒", "seconds"),
    };

    public ServerOptions(Command command)
    {
        _timeout.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<double?>() is not (null or (> 0 and <= 1_000_000)))
            {
                result.AddError(Words.Of(
                    $"--timeout 为 {result.Tokens[^1].Value}，但须是大于 0 且至多 1000000 的秒数。",
                    $"--timeout is {result.Tokens[^1].Value}, but it is a number of seconds above 0, at most 1000000."));
            }
        });
        command.Add(_server);
        command.Add(_timeout);
    }

    public Uri Server(ParseResult parsed) => parsed.GetRequiredValue(_server);

    public TimeSpan? Timeout(ParseResult parsed) => parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>It took longer than it may.</summary>
    public static CommandFailure TimedOut(TimeSpan timeout) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Words.Of($"{timeout.TotalSeconds:0.###} 秒内未完成。", $"It was not done within {timeout.TotalSeconds:0.###} seconds.")}"),
        Words.Of("服务器会继续已开始的工作。可用更长的 --timeout 重试。", "What the server has begun it goes on with. Try again with a longer --timeout."),
        ExitCode.ServerLost);

    private static Uri Read(string text, string from, ArgumentResult result)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        result.AddError(Words.Of($"{from} 为“{text}”，但地址须如 {Default}。", $"{from} is '{text}', but an address looks like {Default}."));
        return new Uri(Default);
    }
}
