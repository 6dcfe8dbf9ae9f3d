using ClusterPulse.Cli.Files;
using ClusterPulse.V1;

namespace ClusterPulse.UnitTests.Cli.Sending;

/// <summary>Files that are made up row by row.</summary>
internal static class SendRows
{
    public static FileReport Report(int n, string note = "") => new(
        "f.csv", n + 2, n + 2, FileAction.Report,
        new() { Enterprise = $"e{n}", Feed = Feed.Output, Period = "2026-10", Note = note, Output = new() { Value = new() { Currency = "CNY", MinorUnits = n } } },
        [], [[$"e{n}"]]);

    public static FileReport Unreadable(int line) => new(
        "f.csv", line, line, FileAction.Report, null, [new(line, "value", "x", "UNKNOWN_WORD", "a number")], [["x"]]);

    public static FileReport Withdrawal(int n) => Report(n) with { Action = FileAction.Withdraw };

    public static IEnumerable<FileReport> Reports(int count) => Enumerable.Range(0, count).Select(n => Report(n));

    public static async IAsyncEnumerable<FileReport> Stream(IEnumerable<FileReport> rows)
    {
        await Task.Yield();
        foreach (var row in rows)
            yield return row;
    }
}
