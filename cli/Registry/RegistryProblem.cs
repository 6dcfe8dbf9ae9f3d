using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Registry;

/// <summary>What is wrong with a row, or odd about it.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">Header of the column as the file has it; empty: the whole row.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">Name from the catalogue of reasons.</param>
/// <param name="Rule">The rule and what to do.</param>
/// <param name="IsWarning">The row is accepted all the same.</param>
internal sealed record RegistryProblem(long Line, string Column, string Value, string Reason, string Rule, bool IsWarning = false)
{
    /// <summary>What the server says of a field, in the file's words.</summary>
    public static RegistryProblem Of(FieldViolation violation, RegistryRow row, bool isWarning)
    {
        var field = violation.Field.Split('.')[^1];
        return new(
            row.Line, row.Header(field), row.Cell(field) is { Length: > 0 } cell ? cell : violation.Value, violation.Reason,
            Words.Of(violation.Advice?.Zh ?? "", $"{violation.Rule} {violation.Advice?.En}".TrimEnd()), isWarning);
    }

    public string Text(string file)
    {
        var place = Column.Length == 0 ? $"{file}:{Line}" : $"{file}:{Line}: {Column}";
        return $"{place}: '{Value}': {Reason}: {Rule}";
    }
}

/// <summary>A row of the file with the meaning of its columns.</summary>
internal sealed record RegistryRow(long Line, string[] Cells, string[] Headers, IReadOnlyDictionary<string, int> Places)
{
    /// <summary>What is wrong with the row itself; null: nothing.</summary>
    public RowTrouble? Trouble { get; init; }

    /// <summary>Whether the row itself is whole; where it is not, that is told.</summary>
    public bool IsWhole(List<RegistryProblem> problems)
    {
        if (Trouble is not { } trouble)
            return true;
        problems.Add(new(Line, "", trouble.Value, trouble.Reason, trouble.Rule));
        return false;
    }

    /// <summary>What stands in the column of a field; empty where there is none.</summary>
    public string Cell(string field) => Places.TryGetValue(ColumnOf(field), out var at) && at < Cells.Length ? Cells[at] : "";

    /// <summary>The file's header of a field; the field where the file has no column for it.</summary>
    public string Header(string field) => Places.TryGetValue(ColumnOf(field), out var at) ? Headers[at] : field;

    private static string ColumnOf(string field) => field == "display_name" ? "name_zh" : field;
}
