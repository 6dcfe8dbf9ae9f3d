using System.CommandLine;

namespace ClusterPulse.Cli.Shape;

/// <summary>A command's description taken apart: what lists show, what its own help adds, and how it is used. A description ends with
/// its examples: a line that begins with a word for "example" has the first of them, each further line another.</summary>
internal sealed record CommandText(string Summary, string Prose, IReadOnlyList<string> Examples)
{
    private static readonly string[] Marks = ["Example: ", "示例："];

    public static CommandText Of(Command command)
    {
        var lines = (command.Description ?? "").ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, l => Marks.Any(m => l.StartsWith(m, StringComparison.Ordinal)));
        var prose = string.Join('\n', first < 0 ? lines : lines[..first]).Trim();
        var examples = first < 0 ? [] : lines[first..].Select(WithoutMark).Where(l => l.Length > 0).ToList();
        return new(prose.Split('\n')[0], prose, examples);
    }

    private static string WithoutMark(string line)
    {
        var mark = Marks.FirstOrDefault(m => line.StartsWith(m, StringComparison.Ordinal));
        return line[(mark?.Length ?? 0)..].Trim();
    }
}
