using System.Collections.Immutable;
using ClusterPulse.Cli.Language;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace ClusterPulse.Cli.Files.Checking;

/// <summary>What came of the check of one file. Bounded, however long the file is.</summary>
/// <param name="file">Its name.</param>
internal sealed class ValidationTally(string file)
{
    private const int MostShown = 100;
    private const int MostKept = 1_000;

    private readonly List<(FileProblem Problem, bool IsWarning)> _kept = [];
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private long _problems;
    private long _line;
    private ImmutableArray<FileProblem> _told = [];

    public long Reports { get; private set; }

    public long Withdrawals { get; private set; }

    public long Rejected { get; private set; }

    public long Warned { get; private set; }

    public string Sha256 { get; set; } = "";

    public IReadOnlyList<string> Unmapped { get; set; } = [];

    public void Add(FileReport report, ImmutableArray<FileProblem> warnings)
    {
        Reports++;
        if (report.Action == FileAction.Withdraw)
            Withdrawals++;
        if (report.Report is null)
            Rejected++;
        if (!warnings.IsEmpty)
            Warned++;
        // Reports of one row have in common what is wrong with all of it: that is told once.
        var told = report.FirstLine == _line ? _told : [];
        foreach (var problem in report.Problems.Where(p => !told.Contains(p)))
            Keep(problem, isWarning: false);
        _told = report.FirstLine == _line ? _told.AddRange(report.Problems) : report.Problems;
        _line = report.FirstLine;
        foreach (var problem in warnings)
            Keep(problem, isWarning: true);
    }

    public void Print(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false, Title = new(Markup.Escape(file)) }.AddColumns("", "");
        table.AddRow(Words.Of("报表", "reports"), $"{Reports:N0}");
        if (Withdrawals > 0)
            table.AddRow(Words.Of("其中撤回", "of them withdrawals"), $"{Withdrawals:N0}");
        table.AddRow(Words.Of("可报送", "can be sent"), $"{Reports - Rejected:N0}");
        table.AddRow(Words.Of("有提示", "with warnings"), $"{Warned:N0}");
        table.AddRow(Words.Of("被拒收", "rejected"), $"{Rejected:N0}");
        foreach (var (reason, count) in _reasons)
            table.AddRow("  " + reason, $"{count:N0}");
        console.Write(table);
    }

    /// <summary>For programs.</summary>
    public Struct ToStruct()
    {
        var result = new Struct();
        result.Fields["file"] = Value.ForString(file);
        result.Fields["sha256"] = Value.ForString(Sha256);
        result.Fields["reports"] = Value.ForNumber(Reports);
        result.Fields["withdrawals"] = Value.ForNumber(Withdrawals);
        result.Fields["valid"] = Value.ForNumber(Reports - Rejected);
        result.Fields["warned"] = Value.ForNumber(Warned);
        result.Fields["rejected"] = Value.ForNumber(Rejected);
        result.Fields["unmapped_columns"] = Value.ForList([.. Unmapped.Select(Value.ForString)]);
        result.Fields["problems"] = Value.ForList([.. _kept.Select(k => Value.ForStruct(ToStruct(k.Problem, k.IsWarning)))]);
        result.Fields["problems_left_out"] = Value.ForNumber(_problems - _kept.Count);
        return result;
    }

    /// <summary>One problem as people read it: file, line, column, value, reason and rule.</summary>
    public static string Text(string file, FileProblem problem, bool isWarning)
    {
        var place = problem.Column.Length == 0 ? $"{file}:{problem.Line}" : $"{file}:{problem.Line}: {problem.Column}";
        return $"{(isWarning ? Words.Of("提示 ", "warning ") : "")}{place}: '{Visible(problem.Value)}': {problem.Reason}: {problem.Rule}";
    }

    private void Keep(FileProblem problem, bool isWarning)
    {
        _reasons[problem.Reason] = _reasons.GetValueOrDefault(problem.Reason) + 1;
        if (_kept.Count < MostKept)
            _kept.Add((problem, isWarning));
        if (++_problems <= MostShown)
            Console.Error.WriteLine(Text(file, problem, isWarning));
        else if (_problems == MostShown + 1)
            Console.Error.WriteLine(Words.Of("其余问题请见 --rejects 文件。", "More of them are not shown; --rejects writes all rejected rows to a file."));
    }

    private static Struct ToStruct(FileProblem problem, bool isWarning) => new()
    {
        Fields =
        {
            ["line"] = Value.ForNumber(problem.Line), ["column"] = Value.ForString(problem.Column), ["value"] = Value.ForString(problem.Value),
            ["reason"] = Value.ForString(problem.Reason), ["rule"] = Value.ForString(problem.Rule), ["warning"] = Value.ForBool(isWarning),
        },
    };

    /// <summary>A hostile file does not write to the terminal's controls.</summary>
    private static string Visible(string value) => string.Create(value.Length, value, static (text, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            text[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
    });
}
