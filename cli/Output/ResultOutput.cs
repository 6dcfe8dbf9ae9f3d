using Google.Protobuf;
using Spectre.Console;

namespace ClusterPulse.Cli.Output;

/// <summary>The result on standard output: for people, or as JSON for programs.</summary>
internal sealed class ResultOutput(bool json)
{
    private const int WideEnough = 160;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    public void Print(IMessage result, Action<IAnsiConsole> show)
    {
        if (json)
        {
            Console.Out.WriteLine(Formatter.Format(result));
            return;
        }
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WideEnough;
        show(console);
    }
}
