using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Registry;

/// <summary>What became of the rows of an import.</summary>
/// <param name="file">The file.</param>
/// <param name="rejects">Takes rejected rows.</param>
internal sealed class ImportTally(string file, RegistryRejects rejects)
{
    private const int MostShown = 100;
    private int _shown;

    public long Rows { get; set; }

    public long Accepted { get; private set; }

    public long Revised { get; private set; }

    public long Duplicate { get; private set; }

    public long Rejected { get; private set; }

    public long Warned { get; private set; }

    /// <summary>A row that was refused before it was sent.</summary>
    public void Reject(RegistryRow row, IReadOnlyList<RegistryProblem> problems)
    {
        Rejected++;
        rejects.Add(row, problems);
        foreach (var problem in problems)
            Show(problem);
    }

    /// <summary>A row that was taken by itself.</summary>
    public void Accept() => Accepted++;

    /// <summary>What the server says of a batch.</summary>
    /// <param name="receipt">Its answer.</param>
    /// <param name="rows">The rows of the batch, whose first is row <paramref name="offset"/> of what is sent.</param>
    /// <param name="offset">Rows before the batch.</param>
    public void Add(Receipt receipt, IReadOnlyList<RegistryRow> rows, long offset)
    {
        Accepted += receipt.Accepted;
        Revised += receipt.Revised;
        Duplicate += receipt.Duplicate;
        Rejected += receipt.Rejected;
        Warned += receipt.Warned;
        foreach (var result in receipt.Rows)
        {
            if (result.Row < offset || result.Row >= offset + rows.Count)
                continue;
            var row = rows[(int)(result.Row - offset)];
            var problems = result.Violations.Select(v => RegistryProblem.Of(v, row, isWarning: false)).ToList();
            if (result.Outcome == RowOutcome.Rejected)
                rejects.Add(row, problems);
            foreach (var problem in problems.Concat(result.Warnings.Select(w => RegistryProblem.Of(w, row, isWarning: true))))
                Show(problem);
        }
    }

    public void Print(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false }.AddColumns("", "");
        foreach (var (zh, en, count) in new[]
        {
            ("行数", "rows", Rows), ("已入库", "stored", Accepted), ("已更正", "corrected", Revised), ("无变化", "unchanged", Duplicate),
            ("有提示", "with warnings", Warned), ("已拒收", "rejected", Rejected),
        })
        {
            table.AddRow(Words.Of(zh, en), $"{count}");
        }
        console.Write(table);
    }

    private void Show(RegistryProblem problem)
    {
        if (_shown++ < MostShown)
            Console.Error.WriteLine((problem.IsWarning ? Words.Of("提示 ", "warning ") : "") + problem.Text(file));
        else if (_shown == MostShown + 1)
            Console.Error.WriteLine(Words.Of("其余问题请见 --rejects 文件。", "More of them are not shown; --rejects writes all rejected rows to a file."));
    }
}
