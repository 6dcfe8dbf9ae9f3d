using Spectre.Console;

namespace ClusterPulse.Gateway.Demo;

/// <summary>The console, wide enough for the table where nobody looks at a terminal.</summary>
internal static class DemoConsole
{
    private const int WideEnough = 170;

    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WideEnough;
        return console;
    }
}
