using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using ClusterPulse.Cli;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Shape;
using Xunit;

namespace ClusterPulse.UnitTests.Cli;

/// <summary>What every command must have. A new command is met here by itself.</summary>
public sealed partial class CommandTreeTests
{
    private static readonly RootCommand Chinese = Words.In(true, CommandTree.Create);
    private static readonly RootCommand English = Words.In(false, CommandTree.Create);

    public static TheoryData<string> Commands => [.. All(English).Select(c => c.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Has_texts_in_both_languages(string path)
    {
        var (zh, en) = (Texts(Find(Chinese, path)), Texts(Find(English, path)));

        Assert.Equal(en.Select(t => t.Symbol), zh.Select(t => t.Symbol));
        Assert.All(en.Zip(zh), pair =>
        {
            var (english, chinese) = pair;
            var where = $"{path} {english.Symbol}";
            Assert.False(string.IsNullOrWhiteSpace(english.Said), $"{where} says nothing");
            Assert.True(Han().IsMatch(chinese.Said ?? ""), $"{where} has no Chinese words: use Words.Of(zh, en)");
            Assert.True(english.Said != chinese.Said, $"{where} says the same in both languages: use Words.Of(zh, en)");
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Has_examples_that_can_be_parsed(string path)
    {
        foreach (var root in (RootCommand[])[Chinese, English])
        {
            var examples = ExampleHelp.Examples(Find(root, path));

            Assert.True(examples.Count > 0, $"{path}: a description ends with a line 'Example: clusterpulse …' or '示例：clusterpulse …'");
            Assert.All(examples, example =>
            {
                // What the shell would take itself.
                var line = Substitution().Replace(example, "$1").Split([" > ", " >> ", " | "], StringSplitOptions.None)[0].Trim();
                Assert.StartsWith("clusterpulse ", line, StringComparison.Ordinal);
                var errors = root.Parse(line["clusterpulse ".Length..]).Errors;
                Assert.True(errors.Count == 0, $"{example}: {string.Join(' ', errors.Select(e => e.Message))}");
            });
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Is_in_the_document(string path) => Assert.True(
        Document().Contains($"| `clusterpulse {path}", StringComparison.Ordinal), $"The table of docs/command.md has no line for 'clusterpulse {path}'.");

    [Fact]
    public void Exit_codes_in_the_document_are_those_of_the_command()
    {
        var rows = Document().Split('\n').Select(l => ExitRow().Match(l)).Where(m => m.Success)
            .Select(m => (Code: int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), Zh: m.Groups[2].Value, En: m.Groups[3].Value));

        Assert.Equal(
            Enum.GetValues<ExitCode>().Select(c => ((int)c, Words.In(true, () => ExitCodeWords.Of(c)), Words.In(false, () => ExitCodeWords.Of(c)))),
            rows.Select(r => (r.Code, r.Zh, r.En)));
    }

    private static string Document()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(at.FullName, "docs")))
            at = at.Parent ?? throw new DirectoryNotFoundException("docs");
        return File.ReadAllText(Path.Combine(at.FullName, "docs", "command.md"));
    }

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path = "") => command.Subcommands
        .SelectMany(c => All(c, $"{path} {c.Name}".Trim()).Prepend(($"{path} {c.Name}".Trim(), c)));

    private static Command Find(RootCommand root, string path) => All(root).Single(c => c.Path == path).Command;

    private static List<(string Symbol, string? Said)> Texts(Command command) =>
    [
        ("", command.Description), .. command.Arguments.Select(a => (a.Name, a.Description)), .. command.Options.Select(o => (o.Name, o.Description)),
    ];

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex("""^eval "\$\((.*)\)"$""")]
    private static partial Regex Substitution();

    [GeneratedRegex(@"^\| (\d+) \| (.+?) \| (.+?) \|\s*$")]
    private static partial Regex ExitRow();
}
