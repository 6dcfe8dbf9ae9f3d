namespace ClusterPulse.UnitTests.Indicators;

/// <summary>A document that describes the indicators: each has a section of its own, headed by its id, that begins with a table.</summary>
internal sealed class IndicatorDocument
{
    public const string English = "indicators.md";
    public const string Chinese = "indicators.zh-CN.md";

    private IndicatorDocument(string text)
    {
        Text = text;
        Sections = Read(text);
    }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>Tables by id, in the order of the document: what stands left, what stands right.</summary>
    public IReadOnlyList<(string Id, IReadOnlyList<KeyValuePair<string, string>> Rows)> Sections { get; }

    /// <summary>One of the project's documents.</summary>
    public static IndicatorDocument Load(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ClusterPulse.sln")))
            at = at.Parent!;
        return new(File.ReadAllText(Path.Combine(at.FullName, "docs", name)));
    }

    private static List<(string, IReadOnlyList<KeyValuePair<string, string>>)> Read(string text)
    {
        var sections = new List<(string, IReadOnlyList<KeyValuePair<string, string>>)>();
        List<KeyValuePair<string, string>>? rows = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                var heading = line.TrimStart('#').Trim();
                rows = heading.Length > 0 && heading.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? [] : null;
                if (rows is not null)
                    sections.Add((heading, rows));
            }
            else if (rows is not null && line.StartsWith("| ", StringComparison.Ordinal) && line.Split(" | ", 2) is [{ Length: > 2 } left, var right])
            {
                rows.Add(new(left[2..].Trim(), right.TrimEnd('|').Trim()));
            }
        }
        return sections;
    }
}
