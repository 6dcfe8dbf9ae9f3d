using Google.Protobuf;
using Spectre.Console;

namespace ClusterPulse.Cli.Output;

/// <summary>The result on standard output: for people, or as JSON for programs.</summary>
internal sealed class ResultOutput(bool json)
{
    private const int WideEnough = 160;

    private static readonly JsonFormatter.Settings Settings = JsonFormatter.Settings.Default.WithFormatDefaultValues(true);
    private static readonly JsonFormatter Formatter = new(Settings.WithIndentation());
    private static readonly JsonFormatter LineFormatter = new(Settings);

    /// <summary>Programs read it.</summary>
    public bool IsJson => json;

    /// <summary>The one result of a command.</summary>
    public void Print(IMessage result, Action<IAnsiConsole> show)
    {
        if (json)
        {
            Console.Out.WriteLine(Formatter.Format(result));
            return;
        }
        show(Terminal());
    }

    /// <summary>One of many results that come one after the other: newline-delimited JSON, each line an object.</summary>
    public void PrintLine(IMessage result, Action<IAnsiConsole> show)
    {
        if (json)
        {
            Console.Out.WriteLine(LineFormatter.Format(result));
            return;
        }
        show(Terminal());
    }

    /// <summary>Where people read.</summary>
    public static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WideEnough;
        return console;
    }
}
