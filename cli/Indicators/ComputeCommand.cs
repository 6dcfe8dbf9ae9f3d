using System.Collections.Frozen;
using System.CommandLine;
using System.Globalization;
using System.Text;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Indicators;

/// <summary>Computes every indicator from files, without a server: anyone can check the product against another package.</summary>
internal sealed class ComputeCommand : Command
{
    private const int MostProblems = 20;

    private readonly Option<DirectoryInfo> _facts = new("--facts")
    {
        Description = Words.Of(
            "含 enterprises.csv 和 reports.csv 的目录；需要时另有 estates.csv、exchange_rates.csv、closed_periods.csv、rival_sets.csv、cluster_definitions.csv、watches.csv",
            "Folder with enterprises.csv and reports.csv, and where needed estates.csv, exchange_rates.csv, closed_periods.csv, rival_sets.csv, cluster_definitions.csv, watches.csv"),
        Required = true,
    };

    private readonly Option<FileInfo?> _file = new("--file") { Description = Words.Of("写入数字的文件；省略则写到标准输出", "File for the figures; standard output without it") };

    private readonly Option<string?> _period = new("--period") { Description = Words.Of("某一月份，YYYY-MM，不论完整与否；省略则为全部完整月份", "One month, YYYY-MM, complete or not, instead of all complete ones") };

    private readonly Option<bool> _newest = new("--newest") { Description = Words.Of("只要各指标最新的完整月份", "Only what gauges show: each indicator at its newest complete month") };

    public ComputeCommand() : base(
        "compute",
        Words.Of(
            """
            由 CSV 文件离线计算全部指标

            汇总方法和公式与在线系统相同。各文件的列见 docs/facts-as-csv.md。

            示例：clusterpulse indicators compute --facts ./facts --newest --file figures.csv
            """,
            """
            Compute every indicator from CSV files, without a server

            The same contribution function and the same formulas as the live system. Columns of all files: docs/facts-as-csv.md.

            Example: clusterpulse indicators compute --facts ./facts --newest --file figures.csv
            """))
    {
        Add(_facts);
        Add(_file);
        Add(_period);
        Add(_newest);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_facts);
        Month? period = null;
        if (parsed.GetValue(_period) is { } text)
        {
            if (!Month.TryParse(text, out var month))
            {
                return Fail(
                    Words.Of($"--period：“{text}”不是月份；须写作 YYYY-MM，如 2004-12。", $"--period: '{text}' is not a month; write YYYY-MM, for example 2004-12."),
                    ExitCode.BadUsage);
            }
            period = month;
        }
        if (!folder.Exists)
            return Fail(Words.Of(
                $"--facts：没有目录 {folder}。其中各文件的列见 docs/facts-as-csv.md。",
                $"--facts: there is no folder {folder}. Columns of the files that belong there: docs/facts-as-csv.md."));
        var reference = ReferenceData.Load();
        var facts = FactFolder.Read(folder, reference);
        if (facts.Problems.Count > 0)
            return Fail(facts.Problems);
        try
        {
            var cells = await ProgressView.ShowAsync(
                Words.Of("企业", "enterprises"), progress => Task.Run(() => FactCells.Make(facts, reference, progress, cancellation), cancellation));
            var rates = new ExchangeRates(facts.Rates.ToFrozenDictionary());
            var formulas = new IndicatorFormulas(new(), reference);
            await using var stream = parsed.GetValue(_file) is { } file ? file.Create() : Console.OpenStandardOutput();
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false));
            using var figures = new FigureFile(writer, reference);
            figures.WriteHeader();
            var peers = new FactPeers(facts, cells, reference, formulas, rates);
            foreach (var (place, table) in cells.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                var view = formulas.View(table, rates, facts.Closed, peers.Of(place));
                var chosen = period is { } asked ? formulas.At(view, asked)
                    : parsed.GetValue(_newest) ? formulas.Newest(view)
                    : formulas.Settled(view);
                foreach (var figure in chosen)
                    figures.Write(place, figure);
            }
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{facts.Enterprises.Count} enterprises, {facts.Reports} reports, {cells.Count} places, {figures.Figures} figures"));
            return (int)ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return Fail(Words.Of("已中止。", "Stopped."), ExitCode.Stopped);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(Words.Of($"无法写入数字：{e.Message}", $"The figures could not be written: {e.Message}"));
        }
    }

    private static int Fail(List<CsvProblem> problems)
    {
        var shown = string.Join('\n', problems.Take(MostProblems));
        var rest = problems.Count > MostProblems ? Words.Of($"\n另有 {problems.Count - MostProblems} 处", $"\nand {problems.Count - MostProblems} more") : "";
        return Fail($"{shown}{rest}\n{Words.Of("未作计算：请更正以上各行后重试。", "Nothing was computed: mend these lines and run it again.")}");
    }

    private static int Fail(string message, ExitCode code = ExitCode.NotCarriedOut)
    {
        Console.Error.WriteLine(message);
        return (int)code;
    }
}
