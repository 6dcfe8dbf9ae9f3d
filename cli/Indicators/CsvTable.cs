using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace ClusterPulse.Cli.Indicators;

/// <summary>The columns of a file of facts.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Required">Columns that must be there.</param>
/// <param name="Optional">Columns that may; any other is a problem, since what it says would be lost.</param>
internal sealed record CsvLayout(string File, string[] Required, string[] Optional);

/// <summary>Reads a file of facts, row by row.</summary>
internal static class CsvTable
{
    /// <summary>Hands on each row; nothing where the file is not there.</summary>
    /// <param name="folder">Where the file is.</param>
    /// <param name="layout">Its columns.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="row">Takes the rows.</param>
    public static void Read(DirectoryInfo folder, CsvLayout layout, List<CsvProblem> problems, Action<CsvRow> row)
    {
        var path = Path.Combine(folder.FullName, layout.File);
        if (!File.Exists(path))
            return;
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            PrepareHeaderForMatch = header => header.Header.Trim(),
            MissingFieldFound = null,
            BadDataFound = bad => problems.Add(new(
                layout.File, bad.Context.Parser!.RawRow, "", bad.Field, "a field with quotes must begin and end with one, and double those within")),
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            problems.Add(new(layout.File, 1, "", "", $"the first line must name the columns: {string.Join(", ", layout.Required)}"));
            return;
        }
        var columns = csv.HeaderRecord!.Select(h => h.Trim()).ToList();
        foreach (var missing in layout.Required.Except(columns, StringComparer.Ordinal))
            problems.Add(new(layout.File, 1, missing, "", "this column is missing"));
        foreach (var unknown in columns.Except(layout.Required, StringComparer.Ordinal).Except(layout.Optional, StringComparer.Ordinal))
            problems.Add(new(layout.File, 1, unknown, "", $"no such column; there are {string.Join(", ", [.. layout.Required, .. layout.Optional])}"));
        if (problems.Exists(p => p.File == layout.File))
            return;
        while (csv.Read())
            row(new(csv, layout.File, problems));
    }
}

/// <summary>One row: each accessor gives the value, or notes what is wrong with it and gives a default.</summary>
internal readonly struct CsvRow(CsvReader csv, string file, List<CsvProblem> problems)
{
    /// <summary>Counted from 1, which is the header.</summary>
    public int Line => csv.Parser.RawRow;

    /// <summary>Empty where the column is empty or not there.</summary>
    public string Text(string column) => csv.TryGetField<string>(column, out var text) ? text ?? "" : "";

    public string Required(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
            Wrong(column, "must be filled in");
        return text;
    }

    public bool Flag(string column)
    {
        var text = Text(column);
        if (text is "" or "0" or "false")
            return false;
        if (text is not ("1" or "true"))
            Wrong(column, "must be true, false or empty");
        return true;
    }

    /// <summary>A word of a list.</summary>
    public T Word<T>(string column, IReadOnlyList<T> words, Func<T, string> spell) where T : struct
    {
        var text = Text(column);
        foreach (var word in words)
        {
            if (spell(word) == text)
                return word;
        }
        Wrong(column, $"must be one of {string.Join(", ", words.Select(spell))}");
        return default;
    }

    /// <summary>A code of a table, or none where it may be empty.</summary>
    public string? Code(string column, Func<string, bool> isKnown, string rule, bool mayBeEmpty = false)
    {
        var text = Text(column);
        if (text.Length == 0 && mayBeEmpty)
            return null;
        if (!isKnown(text))
            Wrong(column, rule);
        return text;
    }

    public Facts.Month Month(string column)
    {
        if (Facts.Month.TryParse(Text(column), out var month) && month >= Facts.Month.Earliest)
            return month;
        Wrong(column, $"must be a month, YYYY-MM, from {Facts.Month.Earliest} on");
        return Facts.Month.Earliest;
    }

    public decimal Number(string column)
    {
        if (decimal.TryParse(Text(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        Wrong(column, "must be a number such as 1234.56, without signs between thousands");
        return 0;
    }

    public void Wrong(string column, string rule) => problems.Add(new(file, Line, column, Text(column), rule));
}
