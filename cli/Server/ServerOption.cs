using System.CommandLine;
using System.CommandLine.Parsing;

namespace ClusterPulse.Cli.Server;

/// <summary>Which server to ask.</summary>
internal static class ServerOption
{
    public const string Variable = "CLUSTERPULSE_SERVER";
    private const string Default = "http://127.0.0.1:5001";

    public static Option<Uri> Create() => new("--server")
    {
        Description = $"gRPC address of the server · 服务器地址; also taken from the environment variable {Variable}",
        HelpName = "address",
        DefaultValueFactory = result =>
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } fromVariable ? Read(fromVariable, Variable, result) : new Uri(Default),
        CustomParser = result => Read(result.Tokens[^1].Value, "--server", result),
    };

    private static Uri Read(string text, string from, ArgumentResult result)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        result.AddError($"{from} is '{text}', but an address looks like {Default}.");
        return new Uri(Default);
    }
}
