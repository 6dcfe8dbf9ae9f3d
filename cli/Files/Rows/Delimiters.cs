namespace ClusterPulse.Cli.Files.Rows;

/// <summary>Finds what separates the cells of a text.</summary>
internal static class Delimiters
{
    private const int FirstLines = 10;

    private static readonly char[] Known = [',', ';', '\t'];

    /// <summary>The one that stands most often in one of the first lines, outside of quotes, and of several the first; a comma where
    /// there is none.</summary>
    public static char Find(string start)
    {
        var best = (Count: 0, Line: 0, Delimiter: Known[0]);
        foreach (var delimiter in Known)
        {
            var (count, line) = MostInOneLine(start, delimiter);
            if (count > best.Count || (count == best.Count && count > 0 && line < best.Line))
                best = (count, line, delimiter);
        }
        return best.Delimiter;
    }

    private static (int Count, int Line) MostInOneLine(string start, char delimiter)
    {
        var (most, count, line, quoted) = ((Count: 0, Line: 0), 0, 0, false);
        foreach (var c in start)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == delimiter && !quoted && ++count > most.Count)
                most = (count, line);
            else if (c == '\n' && !quoted)
                (count, line) = (0, line + 1);
            if (line == FirstLines)
                break;
        }
        return most;
    }
}
