using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Shape;

/// <summary>The library's help, with examples at its end, and for the whole program with the exit codes.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it in the place of the library's.</summary>
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!);
        option.Description = Words.Of("显示帮助和用法示例", "Show help and examples");
        root.Options.OfType<VersionOption>().Single().Description = Words.Of("显示版本", "Show the version");
    }

    /// <summary>Its own examples; of a group, the first one of each of its commands.</summary>
    public static IReadOnlyList<string> Examples(Command command)
    {
        var own = CommandText.Of(command).Examples;
        return own.Count > 0 || command is RootCommand ? own : [.. command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Examples(c).Take(1))];
    }

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var examples = Examples(command);
        // The library has one text for help and for lists; the program ends after this.
        foreach (var child in command.Subcommands)
            child.Description = CommandText.Of(child).Summary;
        command.Description = CommandText.Of(command).Prose;
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        Section(output, Words.Of("示例：", "Examples:"), examples);
        if (command is RootCommand)
        {
            Section(output, Words.Of("退出码：", "Exit codes:"), Enum.GetValues<ExitCode>().Select(c =>
                string.Create(CultureInfo.InvariantCulture, $"{(int)c,-4} {ExitCodeWords.Of(c)}")));
        }
        return code;
    }

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        if (!lines.Any())
            return;
        output.WriteLine(title);
        foreach (var line in lines)
            output.WriteLine("  " + line);
        output.WriteLine();
    }
}
