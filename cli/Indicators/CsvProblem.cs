namespace ClusterPulse.Cli.Indicators;

/// <summary>What is wrong with a file of facts, and where.</summary>
/// <param name="File">Its name.</param>
/// <param name="Line">Counted from 1, which is the header.</param>
/// <param name="Column">The column's name; empty: the line as a whole.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Rule">What should.</param>
internal sealed record CsvProblem(string File, int Line, string Column, string Value, string Rule)
{
    private const int LongestValue = 60;

    public override string ToString()
    {
        var place = Column.Length == 0 ? $"{File}:{Line}" : $"{File}:{Line}: {Column}";
        return Value.Length == 0 ? $"{place}: {Rule}" : $"{place}: '{(Value.Length > LongestValue ? Value[..LongestValue] + "…" : Value)}': {Rule}";
    }
}
